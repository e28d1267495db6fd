#include "cli/version.hpp"

#include "actors/store/keys.hpp"
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/settings.hpp"
#include "messages/json_writer.hpp"
#include "messages/link.hpp"

namespace jobfarm::cli {

std::string version_text() {
  return JOBFARM_VERSION;
}

std::string version_line() {
  return "jobfarm " JOBFARM_VERSION "\n";
}

namespace {

/// What this program was built with.
constexpr std::string_view features[] = {"browser",   "cluster", "csv",
                                         "jsonl",     "leveldb", "rest",
                                         "simulator", "xlsx"};

void append_features(std::string& to) {
  to += '[';
  for (auto one : features) {
    if (to.back() != '[')
      to += ',';
    json::append_string(to, one);
  }
  to += ']';
}

int run(const settings& given) {
  if (!given.flag("json")) {
    print(version_line());
    return exit_done;
  }
  std::string line;
  json::object_writer row(line);
  row.member("version", version_text());
  commit().empty() ? row.null("commit") : row.member("commit", commit());
  row.member("compiler", __VERSION__);
  append_features(row.name("features"));
  json::object_writer schemas(row.name("schemas"));
  schemas.member("store", store::schema_version)
      .member("link", int{jobfarm::link::newest_version});
  schemas.close();
  row.close();
  print(line + '\n');
  return exit_done;
}

} // namespace

const command version_command = {
    "version", "Which jobfarm this is",
    "",        0,
    {},        {"jobfarm version", "jobfarm version --json | jq -r .version"},
    run,
};

} // namespace jobfarm::cli
