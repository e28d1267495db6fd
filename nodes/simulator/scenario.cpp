#include "nodes/simulator/scenario.hpp"

#include "actors/sources/source.hpp"

#define TOML_HEADER_ONLY 0
#include <toml++/toml.h>

namespace jobfarm::nodes {

namespace {

failure wrong(const std::string& path, const toml::node& node,
              const std::string& what) {
  return fail(errc::invalid_input,
              path + ':' + std::to_string(node.source().begin.line) + ": "
                  + what);
}

expected<fault> read_fault(const std::string& path, const toml::table& table) {
  fault one;
  for (auto&& [key, node] : table) {
    std::string name{key.str()};
    auto whole = node.value<std::int64_t>();
    if (name == "source") {
      one.source = node.value_or(std::string{});
      if (!sources::find_source(one.source))
        return wrong(path, node, "unknown source \"" + one.source + '"');
    } else if (name == "kind") {
      auto kind = from_string<fault_kind>(node.value_or(std::string{}));
      if (!kind)
        return wrong(path, node, "unknown kind of fault");
      one.kind = *kind;
    } else if (name == "probability" && node.value<double>()) {
      one.probability = *node.value<double>();
    } else if (name == "from" && whole && *whole >= 0) {
      one.from = static_cast<std::uint64_t>(*whole);
    } else if (name == "until" && whole && *whole >= 0) {
      one.until = static_cast<std::uint64_t>(*whole);
    } else if (name == "retry_after" && whole) {
      one.retry_after_s = *whole;
    } else if (name == "delay_ms" && whole && *whole >= 0) {
      one.delay_ms = *whole;
    } else {
      return wrong(path, node,
                   "unknown or wrong \"" + name
                       + "\"; a fault has source, kind, "
                         "probability, from, until, retry_after, "
                         "delay_ms");
    }
  }
  return one;
}

expected<scenario> read_table(const std::string& path, const toml::table& table,
                              scenario read) {
  for (auto&& [key, node] : table) {
    std::string name{key.str()};
    auto whole = node.value<std::int64_t>();
    if (name == "seed" && whole) {
      read.seed = static_cast<std::uint64_t>(*whole);
    } else if (name == "postings" && whole && *whole > 0) {
      read.postings = static_cast<std::uint64_t>(*whole);
    } else if (name == "career_pages" && whole && *whole > 0) {
      read.career_pages = static_cast<std::uint64_t>(*whole);
    } else if (name == "fault" && node.is_array_of_tables()) {
      for (auto&& item : *node.as_array()) {
        auto one = read_fault(path, *item.as_table());
        if (!one)
          return one.error();
        read.faults.push_back(*std::move(one));
      }
    } else {
      return wrong(path, node,
                   "unknown or wrong \"" + name
                       + "\"; a scenario has seed, postings, career_pages and "
                         "[[fault]] tables");
    }
  }
  return read;
}

} // namespace

expected<scenario> read_scenario(const std::string& path, scenario standard) {
  try {
    return read_table(path, toml::parse_file(path), std::move(standard));
  } catch (const toml::parse_error& error) {
    return fail(errc::invalid_input,
                path + ':' + std::to_string(error.source().begin.line) + ": "
                    + std::string{error.description()});
  }
}

} // namespace jobfarm::nodes
