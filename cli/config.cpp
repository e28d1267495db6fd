#include "cli/commands.hpp"

#include "actors/plan/planner.hpp"
#include "actors/sources/source.hpp"
#include "cli/board_directory.hpp"
#include "cli/cluster_client.hpp"
#include "cli/collect_run.hpp"
#include "cli/config_file.hpp"
#include "cli/console.hpp"
#include "cli/key_files.hpp"
#include "cli/node_parts.hpp"
#include "cli/places.hpp"
#include "cli/source_settings.hpp"
#include "messages/json_writer.hpp"
#include "nodes/simulator/scenario.hpp"

#include <map>
#include <utility>

namespace jobfarm::cli {

namespace {

std::string joined(const std::vector<std::string>& values) {
  std::string text;
  for (const auto& one : values)
    text += (text.empty() ? "" : ",") + one;
  return text;
}

/// Options of every command, the common ones too.
std::vector<option> all_options() {
  auto all = common_options();
  for (const auto* one : all_commands())
    all.insert(all.end(), one->options.begin(), one->options.end());
  return all;
}

/// What options are that nobody gave and whose default is worked out.
std::vector<std::pair<std::string_view, std::string>>
worked_out(const settings& given) {
  const nodes::scenario standard;
  return {{"boards", user_boards_file(data_dir(given))},
          {"boards", bundled_boards_file()},
          {"config", default_config_files().front()},
          {"data-dir", data_dir(given)},
          {"keys-dir", keys_dir(given)},
          {"link-listen", standard_link},
          {"out", std::string{standard_report}},
          {"postings", std::to_string(standard.postings)},
          {"seed", std::to_string(standard.seed)},
          {"token-file", own_token_file(given)},
          {"tokens", tokens_file(given)}};
}

void offer_sources(settings& all) {
  auto configured = source_settings_of(all);
  for (const auto* source : sources::all_sources()) {
    const auto& facts = source->traits;
    const auto& one = configured.find(facts.name)->second;
    auto offer = [&](std::string_view key, std::string value) {
      auto name = "sources." + std::string{facts.name} + '.';
      all.offer(name.append(key), {{std::move(value)}, "default"});
    };
    offer("enabled",
          one.enabled.value_or(facts.enabled_by_default) ? "true" : "false");
    if (auto url = plan::base_url_of(*source, configured); !url.empty())
      offer("base_url", std::move(url));
    std::string rate;
    json::append_number(
        rate, one.requests_per_second.value_or(facts.requests_per_second));
    offer("requests_per_second", std::move(rate));
    offer("concurrent_requests",
          std::to_string(
              one.concurrent_requests.value_or(facts.concurrent_requests)));
    offer("obey_robots", "true");
  }
}

/// `given` with the defaults that commands work out themselves.
settings with_defaults(const settings& given) {
  auto all = given;
  std::map<std::string_view, std::vector<std::string>> values;
  for (auto& [name, value] : worked_out(given))
    if (!value.empty())
      values[name].push_back(std::move(value));
  for (auto& [name, some] : values)
    all.offer(name, {std::move(some), "default"});
  for (const auto& opt : all_options())
    if (opt.kind == value_kind::flag && !opt.command_line_only)
      all.offer(opt.name, {{"false"}, "default"});
  offer_sources(all);
  return all;
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
  const auto told = with_defaults(given);
  for (const auto& [name, value] : told.all())
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
