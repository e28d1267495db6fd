#include "actors/collect/finders.hpp"

#include "actors/collect/record_id.hpp"

#include <utility>

namespace jobfarm::collect {

namespace {

constexpr std::string_view queries = "dup/q/";

std::string found_key(const std::string& query_id,
                      const std::string& posting_id) {
  return "dup/f/" + posting_id + '/' + query_id;
}

} // namespace

finders::finders(store::pending_view& view, index_keys& keys,
                 first_holders& holders)
    : view_(view), keys_(keys), holders_(holders) {
}

expected<void> finders::open() {
  if (is_open_)
    return {};
  auto scanned = view_.scan_index(std::string{queries}, [&](const auto& entry) {
    queries_.insert(entry.key.substr(queries.size()));
    return true;
  });
  is_open_ = scanned.has_value();
  return scanned;
}

expected<bool> finders::has(const std::string& at) const {
  auto written = keys_.lookup(at);
  if (!written || *written)
    return written ? expected<bool>{true} : written.error();
  auto holder = holders_.find(hash_of(at));
  if (!holder)
    return holder.error();
  return holder->has_value();
}

expected<bool> finders::note(const std::string& query_id,
                             const std::string& posting_id) {
  auto at = found_key(query_id, posting_id);
  auto noted = has(at);
  if (!noted)
    return noted.error();
  if (*noted)
    return false;
  view_.open().found.push_back({query_id, posting_id});
  if (queries_.insert(query_id).second)
    view_.put_index(std::string{queries} + query_id, {});
  auto record = record_of(posting_id);
  if (record && holders_.has_room()) {
    auto added = holders_.add(*record, {}, {hash_of(at)});
    return added ? expected<bool>{true} : added.error();
  }
  keys_.add(std::move(at), {});
  return true;
}

expected<void> finders::move(const std::string& from, const std::string& to) {
  for (const auto& query : queries_) {
    auto has_found = has(found_key(query, from));
    if (!has_found)
      return has_found.error();
    if (!*has_found)
      continue;
    if (auto done = note(query, to); !done)
      return done.error();
  }
  return {};
}

} // namespace jobfarm::collect
