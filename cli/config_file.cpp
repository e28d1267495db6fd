#include "cli/config_file.hpp"

#include "actors/sources/source.hpp"
#include "cli/option_checks.hpp"
#include "cli/places.hpp"
#include "cli/recovery_settings.hpp"

#define TOML_HEADER_ONLY 0
#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace jobfarm::cli {

namespace {

/// All of a number, and no exponent: 1e6 is 1000000.
std::string decimal_text(double number) {
  // The largest has 309 digits, the smallest 324 zeros before 17 of them.
  char text[400];
  auto end =
      std::to_chars(text, text + sizeof text, number, std::chars_format::fixed)
          .ptr;
  return {text, end};
}

std::string scalar_text(const toml::node& node) {
  if (auto text = node.value_exact<std::string>())
    return *text;
  if (auto flag = node.as_boolean())
    return flag->get() ? "true" : "false";
  if (auto whole = node.as_integer())
    return std::to_string(whole->get());
  if (auto number = node.as_floating_point())
    return decimal_text(number->get());
  return {};
}

file_value kind_of(const toml::node& node) {
  if (node.is_string())
    return file_value::text;
  if (node.is_number())
    return file_value::number;
  if (node.is_boolean())
    return file_value::flag;
  const auto* array = node.as_array();
  auto is_texts =
      array && std::all_of(array->begin(), array->end(), [](const auto& one) {
        return one.is_string();
      });
  return is_texts ? file_value::texts : file_value::other;
}

std::string origin_of(const std::string& path, const toml::node& node) {
  return "file " + path + ':' + std::to_string(node.source().begin.line);
}

void flatten(const std::string& path, const std::string& prefix,
             const toml::table& table, std::vector<file_entry>& out) {
  for (auto&& [key, node] : table) {
    auto name = prefix + std::string{key.str()};
    if (auto inner = node.as_table()) {
      flatten(path, name + '.', *inner, out);
      continue;
    }
    file_entry entry{name, {}, origin_of(path, node), kind_of(node)};
    if (auto array = node.as_array())
      for (auto&& item : *array)
        entry.values.push_back(scalar_text(item));
    else
      entry.values.push_back(scalar_text(node));
    out.push_back(std::move(entry));
  }
}

std::string file_key(std::string_view option_name) {
  std::string key{option_name};
  std::replace(key.begin(), key.end(), '-', '_');
  return key;
}

/// Keys under `sources.NAME.` and what they hold.
constexpr option source_keys[] = {
    {"enabled", value_kind::flag, "", "collect from it"},
    {"base_url", value_kind::text, "URL", "where its requests go"},
    {"requests_per_second", value_kind::number, "N", "politeness"},
    {"concurrent_requests", value_kind::count, "N", "politeness", "", false,
     whole_number<0, 1'000'000>},
    {"burst", value_kind::count, "N", "politeness", "", false,
     whole_number<0, 1'000'000>},
    {"obey_robots", value_kind::flag, "", "false ignores its robots.txt"},
    {"browser", value_kind::flag, "",
     "true loads its pages in Chromium, false never does"},
};

expected<void> apply_source(const file_entry& entry, settings& into) {
  auto dot = entry.key.find('.', 8);
  auto name = entry.key.substr(8, dot - 8);
  auto key = dot == entry.key.npos ? std::string{} : entry.key.substr(dot + 1);
  if (!sources::find_source(name))
    return fail(errc::invalid_input, entry.origin + ": unknown source \"" + name
                                         + "\"; jobfarm sources lists them");
  for (const auto& known : source_keys)
    if (known.name == key) {
      if (auto problem = misfit(known, entry.values))
        return fail(errc::invalid_input, entry.origin + ": " + *problem);
      into.offer(entry.key, {entry.values, entry.origin});
      return {};
    }
  return fail(errc::invalid_input,
              entry.origin + ": unknown key \"" + entry.key
                  + "\"; a source has enabled, base_url, requests_per_second, "
                    "concurrent_requests, burst, obey_robots, browser");
}

/// Every option some command or all of them take, by its key in files.
std::map<std::string, const option*> known_keys() {
  std::map<std::string, const option*> keys;
  auto add = [&](const std::vector<option>& options) {
    for (const auto& opt : options)
      if (!opt.command_line_only)
        keys.emplace(file_key(opt.name), &opt);
  };
  add(common_options());
  for (const auto* cmd : all_commands())
    add(cmd->options);
  return keys;
}

failure unknown_key(const file_entry& entry,
                    const std::map<std::string, const option*>& known) {
  std::vector<std::string_view> words;
  for (const auto& [key, opt] : known)
    words.push_back(key);
  auto hint = nearest(entry.key, words);
  return fail(
      errc::invalid_input,
      entry.origin + ": unknown key \"" + entry.key + '"'
          + (hint ? "; did you mean \"" + std::string{*hint} + "\"?" : ""));
}

} // namespace

expected<std::vector<file_entry>> read_config_file(const std::string& path) {
  try {
    std::vector<file_entry> entries;
    flatten(path, "", toml::parse_file(path), entries);
    return entries;
  } catch (const toml::parse_error& error) {
    auto where = error.source().begin;
    return fail(errc::invalid_input, "configuration " + path + ':'
                                         + std::to_string(where.line) + ':'
                                         + std::to_string(where.column) + ": "
                                         + std::string{error.description()});
  }
}

std::vector<std::string> default_config_files() {
  std::vector<std::string> files;
  const char* xdg = std::getenv("XDG_CONFIG_HOME");
  files.push_back((xdg && *xdg ? xdg : home_dir() + "/.config")
                  + "/jobfarm/config.toml");
  files.emplace_back("/etc/jobfarm/config.toml");
  return files;
}

expected<void> apply_config(const std::vector<file_entry>& entries,
                            settings& into) {
  auto known = known_keys();
  for (const auto& entry : entries) {
    if (entry.key.rfind("sources.", 0) == 0) {
      if (auto applied = apply_source(entry, into); !applied)
        return applied;
      continue;
    }
    if (entry.key.rfind("recovery.", 0) == 0) {
      if (auto applied = apply_recovery(entry, into); !applied)
        return applied;
      continue;
    }
    auto found = known.find(entry.key);
    if (found == known.end())
      return unknown_key(entry, known);
    if (auto problem = misfit(*found->second, entry.values))
      return fail(errc::invalid_input, entry.origin + ": " + *problem);
    into.offer(found->second->name, {entry.values, entry.origin});
  }
  return {};
}

} // namespace jobfarm::cli
