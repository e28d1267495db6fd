#include "actors/collect/posting_life.hpp"

#include "actors/sources/board_fall.hpp"
#include "actors/text/hash.hpp"
#include "actors/text/time.hpp"

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <set>

namespace jobfarm::collect {

namespace {

/// Missing so often on a board that was read completely, a record is closed.
constexpr int closes_after = 2;

/// A board in keys.
std::string board_part(const std::string& source, const std::string& board) {
  return source + '-' + text::hash_hex(board) + '/';
}

std::string board_prefix(const std::string& source, const std::string& board) {
  return "dup/b/" + board_part(source, board);
}

std::string missing_key(const std::string& id) {
  return "dup/m/" + id;
}

const std::string& name_of(const job_posting& record) {
  return record.source_id.empty() ? record.url : record.source_id;
}

} // namespace

posting_life::posting_life(store::pending_view& view, record_table& records,
                           job_groups& groups)
    : view_(view), records_(records), groups_(groups) {
}

void posting_life::begin(const job_posting& record, const std::string& board) {
  view_.put_index(board_prefix(record.source, board) + name_of(record),
                  record.id);
}

expected<void> posting_life::see_again(const std::string& id,
                                       const std::string& when) {
  auto was_missing = view_.lookup(missing_key(id));
  if (!was_missing)
    return was_missing.error();
  if (*was_missing)
    view_.remove_index(missing_key(id));
  return update(id, when, {});
}

/// Writes what is known of the life of a record, and of the posting that it is
/// part of. An empty `last_seen` changes nothing of it.
expected<void> posting_life::update(const std::string& id,
                                    const std::string& last_seen,
                                    const std::string& closed_at) {
  auto one = records_.original(id);
  if (!one)
    return one.error();
  if (one->last_seen >= last_seen && one->closed_at == closed_at)
    return {};
  one->last_seen = std::max(one->last_seen, last_seen);
  one->closed_at = closed_at;
  auto grouped = records_.is_grouped(id);
  if (!grouped)
    return grouped.error();
  if (!*grouped) {
    view_.put_posting(*std::move(one));
    return {};
  }
  records_.update(*one);
  auto group = records_.group_of(id);
  if (!group)
    return group.error();
  auto posting = view_.posting(*group);
  if (!posting)
    return posting.error();
  if (!*posting)
    return fail(errc::store_failed, "read posting " + *group + ": missing");
  auto closed = closed_at.empty() ? expected<std::string>{closed_at}
                                  : closed_at_of(*group);
  if (!closed)
    return closed.error();
  (*posting)->last_seen = std::max((*posting)->last_seen, last_seen);
  (*posting)->closed_at = *std::move(closed);
  view_.put_posting(**std::move(posting));
  return {};
}

/// A posting is closed when all its records are.
expected<std::string>
posting_life::closed_at_of(const std::string& posting_id) const {
  auto members = groups_.members_of(posting_id);
  if (!members)
    return members.error();
  std::string closed;
  for (const auto& id : *members) {
    auto record = records_.original(id);
    if (!record)
      return record.error();
    if (record->closed_at.empty())
      return std::string{};
    closed = std::max(closed, record->closed_at);
  }
  return closed;
}

/// The open records of a board that a listing does not show.
expected<std::vector<posting_life::missing_record>>
posting_life::missing_of(const std::string& at_board, const ids& shown) const {
  const std::set<std::string_view> present(shown.begin(), shown.end());
  ids absent;
  const auto prefix = "dup/b/" + at_board;
  auto scanned = view_.scan_index(prefix, [&](const auto& entry) {
    if (present.count(std::string_view{entry.key}.substr(prefix.size())) == 0)
      absent.push_back(entry.value);
    return true;
  });
  if (!scanned)
    return scanned.error();
  std::vector<missing_record> missing;
  for (auto& id : absent) {
    auto before = view_.lookup(missing_key(id));
    if (!before)
      return before.error();
    auto times = *before ? std::atoi((*before)->c_str()) : 0;
    if (times < closes_after)
      missing.push_back({std::move(id), times});
  }
  return missing;
}

/// Writes down whether a board has suddenly fallen; false if that is not to be
/// believed yet.
expected<bool> posting_life::believes(const std::string& at_board,
                                      std::size_t missing, std::size_t shown,
                                      const std::string& now) {
  auto at = "dup/s/" + at_board;
  auto before = view_.lookup(at);
  if (!before)
    return before.error();
  std::optional<sources::board_fall> kept;
  if (*before) {
    kept.emplace();
    std::sscanf((*before)->c_str(), "%" SCNd32 " %" SCNd64, &kept->readings,
                &kept->first_at);
  }
  auto verdict = sources::judge_fall(
      static_cast<std::int64_t>(missing + shown),
      static_cast<std::int64_t>(shown), kept, text::parse_utc(now).value_or(0));
  if (verdict.kept)
    view_.put_index(std::move(at),
                    std::to_string(verdict.kept->readings) + ' '
                        + std::to_string(verdict.kept->first_at));
  else if (kept)
    view_.remove_index(std::move(at));
  return verdict.is_believed;
}

expected<std::optional<failure>>
posting_life::board_read(const std::string& source, const std::string& board,
                         const ids& shown, const std::string& now) {
  auto at_board = board_part(source, board);
  auto missing = missing_of(at_board, shown);
  if (!missing)
    return missing.error();
  auto is_believed = believes(at_board, missing->size(), shown.size(), now);
  if (!is_believed)
    return is_believed.error();
  if (!*is_believed)
    return std::optional{
        fail(errc::bad_payload,
             "board " + board + " is suspicious: it shows "
                 + std::to_string(shown.size()) + " of "
                 + std::to_string(shown.size() + missing->size())
                 + " known postings; none is closed before that lasts")};
  for (auto& [id, times] : *missing) {
    view_.put_index(missing_key(id), std::to_string(++times));
    if (times == closes_after)
      if (auto done = update(id, {}, now); !done)
        return done.error();
  }
  return std::optional<failure>{};
}

expected<void> posting_life::page_gone(const std::string& source,
                                       const std::string& board,
                                       const std::string& name,
                                       const std::string& now) {
  auto id = view_.lookup(board_prefix(source, board) + name);
  if (!id)
    return id.error();
  return *id ? update(**id, {}, now) : expected<void>{};
}

} // namespace jobfarm::collect
