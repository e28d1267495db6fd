#include "cli/source_settings.hpp"

#include "actors/sources/source.hpp"

namespace jobfarm::cli {

namespace {

/// Requests at the same time to each source of a simulator or mirror.
constexpr std::int32_t mirror_concurrency = 8;

plan::source_settings read_one(const settings& given,
                               const std::string& prefix) {
  plan::source_settings one;
  if (given.has(prefix + "enabled"))
    one.enabled = given.flag(prefix + "enabled");
  one.base_url = given.text(prefix + "base_url");
  one.requests_per_second = given.number(prefix + "requests_per_second");
  if (auto many = given.count(prefix + "concurrent_requests"))
    one.concurrent_requests = static_cast<std::int32_t>(*many);
  if (auto many = given.count(prefix + "burst"))
    one.burst = static_cast<std::int32_t>(*many);
  if (given.has(prefix + "obey_robots"))
    one.obeys_robots = given.flag(prefix + "obey_robots");
  if (given.has(prefix + "browser"))
    one.uses_browser = given.flag(prefix + "browser");
  while (!one.base_url.empty() && one.base_url.back() == '/')
    one.base_url.pop_back();
  return one;
}

void move_to_mirror(const std::string& name, const std::string& mirror,
                    plan::source_settings& one) {
  if (!one.base_url.empty())
    return;
  one.base_url = mirror + '/' + name;
  one.enabled = one.enabled.value_or(true);
  one.requests_per_second = one.requests_per_second.value_or(0);
  one.concurrent_requests =
      one.concurrent_requests.value_or(mirror_concurrency);
}

} // namespace

plan::source_settings_map source_settings_of(const settings& given) {
  auto mirror = given.text("boards-url");
  while (!mirror.empty() && mirror.back() == '/')
    mirror.pop_back();
  plan::source_settings_map all;
  for (const auto* source : sources::all_sources()) {
    std::string name{source->traits.name};
    auto one = read_one(given, "sources." + name + '.');
    if (!mirror.empty())
      move_to_mirror(name, mirror, one);
    all.emplace(std::move(name), std::move(one));
  }
  return all;
}

plan::source_settings_map mirror_settings(const std::string& url) {
  plan::source_settings_map all;
  for (const auto* source : sources::all_sources()) {
    std::string name{source->traits.name};
    move_to_mirror(name, url, all[name]);
  }
  return all;
}

} // namespace jobfarm::cli
