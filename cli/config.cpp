#include "cli/commands.hpp"

#include "cli/config_file.hpp"
#include "cli/console.hpp"
#include "messages/json_writer.hpp"

namespace jobfarm::cli {

namespace {

std::string joined(const std::vector<std::string>& values) {
  std::string text;
  for (const auto& one : values)
    text += (text.empty() ? "" : ",") + one;
  return text;
}

void append_row(std::string& out, const settings& given,
                const std::string& name, const setting& value) {
  if (given.flag("json")) {
    json::object_writer row(out);
    row.member("key", name)
        .member("value", joined(value.values))
        .member("origin", value.origin);
    row.close();
    out += '\n';
    return;
  }
  out += name + " = " + joined(value.values) + "    (" + value.origin + ")\n";
}

int check(const settings& given) {
  if (given.operands.size() != 2)
    return complain(fail(errc::invalid_input, "config check takes one FILE"));
  auto entries = read_config_file(given.operands[1]);
  if (!entries)
    return complain(entries.error());
  settings scratch;
  if (auto applied = apply_config(*entries, scratch); !applied)
    return complain(applied.error());
  say(given, given.operands[1] + ": " + std::to_string(entries->size())
                 + " keys, all good");
  return exit_done;
}

int run_config(const settings& given) {
  if (!given.operands.empty() && given.operands[0] == "check")
    return check(given);
  if (!given.operands.empty())
    return complain(fail(errc::invalid_input, "unknown \"config "
                                                  + given.operands[0]
                                                  + "\"; there is check FILE"));
  std::string out;
  for (const auto& [name, value] : given.all())
    append_row(out, given, name, value);
  print(out);
  return exit_done;
}

} // namespace

const command config_command = {
    "config",
    "Each setting, its value and where it came from",
    "[check FILE]",
    2,
    {},
    {"jobfarm config", "jobfarm config check farm.toml"},
    run_config,
};

} // namespace jobfarm::cli
