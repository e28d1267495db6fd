#include "actors/collect/finders.hpp"

#include <utility>

namespace jobfarm::collect {

namespace {

constexpr std::string_view queries = "dup/q/";

} // namespace

finders::finders(store::pending_view& view, index_marks& marks)
    : view_(view), marks_(marks) {
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

const std::string& finders::mark_of(const std::string& query_id,
                                    const std::string& posting_id) {
  room_ = "dup/f/";
  room_ += posting_id;
  room_ += '/';
  room_ += query_id;
  return room_;
}

expected<bool> finders::note(const std::string& query_id,
                             const std::string& posting_id) {
  auto noted = marks_.has(mark_of(query_id, posting_id), posting_id);
  if (!noted)
    return noted.error();
  if (*noted)
    return false;
  return note_new(query_id, posting_id);
}

expected<bool> finders::note_new(const std::string& query_id,
                                 const std::string& posting_id) {
  view_.open().found.push_back({query_id, posting_id});
  if (queries_.insert(query_id).second)
    view_.put_index(std::string{queries} + query_id, {});
  auto added = marks_.add(mark_of(query_id, posting_id), posting_id);
  return added ? expected<bool>{true} : added.error();
}

expected<void> finders::move(const std::string& from, const std::string& to) {
  for (const auto& query : queries_) {
    auto has_found = marks_.has(mark_of(query, from), from);
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
