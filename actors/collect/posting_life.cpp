#include "actors/collect/posting_life.hpp"

#include "actors/collect/record_id.hpp"
#include "actors/collect/settlement.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace jobfarm::collect {

namespace {

/// Missing so often on a board that was read completely, a record is closed.
constexpr int closes_after = 2;

std::string board_prefix(const std::string& source, const std::string& board) {
  return "dup/b/" + board_part(source, board);
}

std::string missing_key(const std::string& id) {
  return "dup/m/" + id;
}

void append_name(std::string& to, const std::string& name,
                 std::string_view record) {
  const auto size = static_cast<std::uint32_t>(name.size());
  to.append(reinterpret_cast<const char*>(&size), sizeof size);
  to += name;
  to += record;
}

/// Calls `visit(name, record)` for each record of an entry. Stops at what is
/// cut off.
template <class Visit>
void each_name(std::string_view entry, Visit visit) {
  std::uint32_t size = 0;
  while (entry.size() >= sizeof size) {
    std::memcpy(&size, entry.data(), sizeof size);
    entry.remove_prefix(sizeof size);
    if (entry.size() < size + record_bytes)
      return;
    visit(entry.substr(0, size), entry.substr(size, record_bytes));
    entry.remove_prefix(size + record_bytes);
  }
}

store::seen_times times_of(const job_posting& known,
                           const std::string& last_seen,
                           const std::string& closed_at) {
  return {std::max(known.last_seen, last_seen), closed_at};
}

} // namespace

posting_life::posting_life(store::pending_view& view, index_keys& keys,
                           record_table& records, job_groups& groups)
    : view_(view), keys_(keys), records_(records), groups_(groups) {
}

void posting_life::begin(const job_posting& record, const std::string& board) {
  if (last_.prefix.empty() || last_.board != board
      || last_.source != record.source)
    last_ = {record.source, board, board_prefix(record.source, board), {}};
  // Those of one batch are one entry.
  auto* entry = last_.entry.in(view_);
  if (!entry)
    entry = last_.entry.begin(view_, last_.prefix + record.id);
  append_name(*entry, name_of(record), *record_of(record.id));
}

expected<void> posting_life::not_missing(const std::string& id) {
  auto was_missing = keys_.lookup(missing_key(id));
  if (!was_missing)
    return was_missing.error();
  if (*was_missing)
    keys_.remove(missing_key(id));
  return {};
}

expected<void> posting_life::see_again(const job_posting& known,
                                       const std::string& now) {
  if (auto done = not_missing(known.id); !done)
    return done;
  return update(known, now, {});
}

/// Writes what is known of the life of a record, and of the posting that it is
/// part of. An empty `last_seen` changes nothing of it.
expected<void> posting_life::update(const job_posting& known,
                                    const std::string& last_seen,
                                    const std::string& closed_at) {
  if (known.last_seen >= last_seen && known.closed_at == closed_at)
    return {};
  auto times = times_of(known, last_seen, closed_at);
  auto grouped = records_.is_grouped(known.id);
  if (!grouped)
    return grouped.error();
  if (!*grouped) {
    view_.put_posting_times(known.id, std::move(times));
    return {};
  }
  view_.put_original_times(known.id, std::move(times));
  auto group = records_.group_of(known.id);
  if (!group)
    return group.error();
  auto posting = view_.posting(*group, known.description);
  if (!posting && is_damage(posting.error()))
    return groups_.mend(*group);
  if (!posting)
    return posting.error();
  if (!*posting)
    return fail(errc::store_failed, "read posting " + *group + ": missing");
  auto closed = closed_at.empty() ? expected<std::string>{closed_at}
                                  : closed_at_of(*group);
  if (!closed)
    return closed.error();
  view_.put_posting_times(*group, times_of(**posting, last_seen, *closed));
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
    if ((*record)->closed_at.empty())
      return std::string{};
    closed = std::max(closed, (*record)->closed_at);
  }
  return closed;
}

/// The open records of a board that a listing does not show.
expected<std::vector<posting_life::missing_record>>
posting_life::missing_of(const std::string& at_board,
                         const shown_names& shown) const {
  ids absent;
  const auto prefix = "dup/b/" + at_board;
  auto scanned = view_.scan_index(prefix, [&](const auto& entry) {
    each_name(entry.value, [&](auto name, auto record) {
      if (!shown.has(name))
        absent.push_back(id_of(record));
    });
    return true;
  });
  if (!scanned)
    return scanned.error();
  std::vector<missing_record> missing;
  for (auto& id : absent) {
    auto before = keys_.lookup(missing_key(id));
    if (!before)
      return before.error();
    auto times = *before ? std::atoi((*before)->c_str()) : 0;
    if (times < closes_after)
      missing.push_back({std::move(id), times});
  }
  return missing;
}

/// Judges a reading by the one before it, and keeps what the next needs.
expected<posting_life::trust>
posting_life::trust_in(const std::string& at_board, std::size_t missing,
                       std::size_t shown) {
  auto at = "dup/s/" + at_board;
  auto kept = view_.lookup(at);
  if (!kept)
    return kept.error();
  auto before = *kept ? std::atoi((*kept)->c_str()) : 0;
  trust made;
  made.in_this = sources::judge_fall(static_cast<std::int64_t>(missing + shown),
                                     static_cast<std::int64_t>(shown), before);
  made.in_last = before == 0 || made.in_this.readings != 0;
  if (made.in_this.readings != 0)
    view_.put_index(std::move(at), std::to_string(made.in_this.readings));
  else if (before != 0)
    view_.remove_index(std::move(at));
  return made;
}

expected<std::optional<failure>>
posting_life::board_read(const std::string& source, const std::string& board,
                         const shown_names& shown, const std::string& now) {
  auto at_board = board_part(source, board);
  auto missing = missing_of(at_board, shown);
  if (!missing)
    return missing.error();
  auto trusted = trust_in(at_board, missing->size(), shown.size());
  if (!trusted)
    return trusted.error();
  for (auto& [id, times] : *missing) {
    const auto is_first = times == 0;
    times = trusted->in_last ? times + 1 : 1;
    if (!trusted->in_this.is_believed)
      times = std::min(times, closes_after - 1);
    if (is_first)
      keys_.add(missing_key(id), std::to_string(times));
    else
      keys_.put(missing_key(id), std::to_string(times));
    if (times == closes_after)
      if (auto done = close(id, now); !done)
        return done.error();
  }
  if (trusted->in_this.is_believed)
    return std::optional<failure>{};
  return std::optional{
      fail(errc::bad_payload,
           "board " + board + " is suspicious: it shows "
               + std::to_string(shown.size()) + " of "
               + std::to_string(shown.size() + missing->size())
               + " known postings; none is closed unless it is read so again")};
}

expected<void> posting_life::close(const std::string& id,
                                   const std::string& now) {
  auto one = records_.original(id);
  if (!one)
    return one.error();
  // It has been since its page was gone.
  if (!(*one)->closed_at.empty() || is_unreadable(**one))
    return {};
  return update(**one, {}, now);
}

expected<void> posting_life::page_gone(const std::string& source,
                                       const std::string& board,
                                       const std::string& name,
                                       const std::string& now) {
  std::string id;
  auto scanned =
      view_.scan_index(board_prefix(source, board), [&](const auto& entry) {
        each_name(entry.value, [&](auto one, auto record) {
          if (one == name)
            id = id_of(record);
        });
        return id.empty();
      });
  if (!scanned || id.empty())
    return scanned;
  return close(id, now);
}

} // namespace jobfarm::collect
