#include "actors/collect/host_pauses.hpp"

#include <cstdlib>

namespace jobfarm::collect {

namespace {

constexpr std::string_view prefix = "host/pause/";

std::int64_t seconds_of(const std::string& text) {
  return std::strtoll(text.c_str(), nullptr, 10);
}

} // namespace

expected<void> keep_pause(store::pending_view& view, const std::string& host,
                          std::int64_t until) {
  auto at = std::string{prefix} + host;
  auto before = view.lookup(at);
  if (!before)
    return before.error();
  if (!*before || seconds_of(**before) < until)
    view.put_index(std::move(at), std::to_string(until));
  return {};
}

expected<std::map<std::string, std::chrono::seconds>>
pauses_left(const store::store& disk, std::int64_t now) {
  std::map<std::string, std::chrono::seconds> left;
  auto scanned =
      disk.scan_index(prefix, [&](const store::index_entry& one) {
        auto until = seconds_of(one.value);
        if (until > now)
          left.emplace(one.key.substr(prefix.size()), until - now);
        return true;
      });
  if (!scanned)
    return scanned.error();
  return left;
}

} // namespace jobfarm::collect
