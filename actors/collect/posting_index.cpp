#include "actors/collect/posting_index.hpp"

#include "actors/dedupe/clusters.hpp"
#include "actors/dedupe/merge.hpp"
#include "actors/dedupe/signatures.hpp"
#include "actors/text/hash.hpp"
#include "messages/msgpack.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>

namespace jobfarm::collect {

namespace {

/// Evidence of a record is some 600 bytes, its shingles up to 8 kB.
constexpr std::size_t most_records = 8192;
constexpr std::size_t most_texts = 1024;

/// Missing so often on a board that was read completely, a record is closed.
constexpr int closes_after = 2;

std::string edge_text(double strength) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "%a", strength);
  return digits;
}

std::string board_prefix(const std::string& source, const std::string& board) {
  return "dup/b/" + source + '-' + text::hash_hex(board) + '/';
}

std::string_view last_part(std::string_view key) {
  return key.substr(key.rfind('/') + 1);
}

} // namespace

posting_index::posting_index(dedupe::decision_options options,
                             store::pending_view& view)
    : options_(options),
      plan_(dedupe::plan_candidates(options.threshold)),
      view_(view),
      candidates_(view),
      records_(most_records),
      texts_(most_texts) {
}

expected<placement> posting_index::place(job_posting posting,
                                         const std::string& board) {
  auto seen_key = dedupe::sighting_key(
      posting.source, board,
      posting.source_id.empty() ? posting.url : posting.source_id);
  auto seen = view_.lookup(seen_key);
  if (!seen)
    return seen.error();
  placement made;
  // The same id under another board's name is the same record.
  auto known = *seen ? expected<bool>{true} : is_known(posting.id);
  if (!known)
    return known.error();
  if (*known) {
    made.seen_again = true;
    auto id = *seen ? **seen : posting.id;
    if (auto done = see_again(id, posting.last_seen); !done)
      return done.error();
    auto group = group_of(id);
    if (!group)
      return group.error();
    made.posting_id = *std::move(group);
    return made;
  }
  auto id = posting.id;
  auto text = std::make_shared<dedupe::shingle_set>(
      dedupe::shingles_of(posting.description));
  auto fresh = std::make_shared<dedupe::evidence>(
      dedupe::evidence_of(posting, text->size()));
  auto others =
      candidates_.add(id, dedupe::fingerprint_of(*fresh, *text, plan_));
  if (!others)
    return others.error();
  texts_.put(id, text);
  view_.put_index(std::move(seen_key), id);
  view_.put_index(board_prefix(posting.source, board) + id, posting.source_id);
  auto connected = connect(*fresh, *others);
  if (!connected)
    return connected.error();
  records_.put(id, fresh);
  made.stored = 1;
  if (*connected) {
    auto more = regroup(posting);
    if (!more)
      return more.error();
    made.stored = *more;
  } else {
    view_.put_posting(std::move(posting));
  }
  auto group = group_of(id);
  if (!group)
    return group.error();
  made.posting_id = *std::move(group);
  return made;
}

expected<bool> posting_index::is_known(const std::string& id) const {
  auto group = view_.lookup("dup/g/" + id);
  if (!group)
    return group.error();
  if (*group)
    return true;
  auto alone = view_.posting(id);
  if (!alone)
    return alone.error();
  return alone->has_value();
}

/// The record as it came: one that is alone is its posting.
expected<job_posting> posting_index::original(const std::string& id) const {
  auto kept = view_.lookup("dup/o/" + id);
  if (!kept)
    return kept.error();
  if (*kept)
    return unpack<job_posting>(**kept);
  auto alone = view_.posting(id);
  if (!alone)
    return alone.error();
  if (!*alone)
    return fail(errc::store_failed, "read record " + id + ": it is missing");
  return **std::move(alone);
}

expected<posting_index::shared_record>
posting_index::record(const std::string& id) {
  if (const auto* known = records_.find(id))
    return *known;
  auto posting = original(id);
  if (!posting)
    return posting.error();
  auto shingles = dedupe::shingles_of(posting->description);
  auto made = std::make_shared<const dedupe::evidence>(
      dedupe::evidence_of(*posting, shingles.size()));
  records_.put(id, made);
  return made;
}

expected<posting_index::shared_text>
posting_index::text(const std::string& id) {
  if (const auto* known = texts_.find(id))
    return *known;
  auto posting = original(id);
  if (!posting)
    return posting.error();
  auto made = std::make_shared<const dedupe::shingle_set>(
      dedupe::shingles_of(posting->description));
  texts_.put(id, made);
  return made;
}

expected<std::string> posting_index::group_of(const std::string& id) const {
  auto group = view_.lookup("dup/g/" + id);
  if (!group)
    return group.error();
  return *group ? **std::move(group) : id;
}

/// Writes the edges of a newcomer; true if there are any.
expected<bool> posting_index::connect(const dedupe::evidence& newcomer,
                                      const ids& others) {
  auto connected = false;
  std::optional<failure> failed;
  auto overlap = [&](const std::string& a, const std::string& b) {
    auto of_a = text(a);
    auto of_b = text(b);
    if (of_a && of_b)
      return dedupe::overlap_of(**of_a, **of_b);
    failed = of_a ? of_b.error() : of_a.error();
    return dedupe::overlap{};
  };
  for (const auto& id : others) {
    auto other = record(id);
    if (!other)
      return other.error();
    const auto* a = &newcomer;
    const auto* b = other->get();
    if (dedupe::is_before(*b, *a))
      std::swap(a, b);
    auto made = dedupe::decide(*a, *b, options_,
                               [&] { return overlap(a->id, b->id); });
    if (failed)
      return *failed;
    if (!made.merge)
      continue;
    connected = true;
    const auto& own = newcomer.id;
    view_.put_index("dup/e/" + own + '/' + id, edge_text(made.strength));
    view_.put_index("dup/e/" + id + '/' + own, edge_text(made.strength));
  }
  return connected;
}

/// Everything that edges connect with a record, itself included.
expected<posting_index::ids>
posting_index::component_of(const std::string& id) const {
  std::set<std::string> reached{id};
  ids open{id};
  while (!open.empty()) {
    auto at = std::move(open.back());
    open.pop_back();
    auto scanned =
        view_.scan_index("dup/e/" + at + '/', [&](const auto& entry) {
          std::string next{last_part(entry.key)};
          if (reached.insert(next).second)
            open.push_back(std::move(next));
          return true;
        });
    if (!scanned)
      return scanned.error();
  }
  return ids(reached.begin(), reached.end());
}

/// The groups of a component; members in the order in which they were seen.
expected<std::vector<posting_index::ids>>
posting_index::groups_of(const ids& component) {
  std::vector<shared_record> records;
  for (const auto& id : component) {
    auto one = record(id);
    if (!one)
      return one.error();
    records.push_back(*std::move(one));
  }
  std::sort(records.begin(), records.end(), [](const auto& a, const auto& b) {
    return dedupe::is_before(*a, *b);
  });
  std::unordered_map<std::string_view, std::uint32_t> numbers;
  for (const auto& one : records)
    numbers.emplace(one->id,
                    static_cast<std::uint32_t>(numbers.size()));
  std::vector<dedupe::merge_edge> edges;
  for (const auto& [id, number] : numbers) {
    auto scanned = view_.scan_index(
        "dup/e/" + std::string{id} + '/', [&, from = number](const auto& edge) {
          auto to = numbers.find(last_part(edge.key));
          if (to != numbers.end() && from < to->second)
            edges.push_back(
                {from, to->second, std::strtod(edge.value.c_str(), nullptr)});
          return true;
        });
    if (!scanned)
      return scanned.error();
  }
  dedupe::sort_edges(edges, [&](std::uint32_t i) -> const std::string& {
    return records[i]->id;
  });
  auto made = dedupe::cluster(
      records.size(), edges, [&](std::uint32_t a, std::uint32_t b) {
        return !dedupe::known_difference(*records[a], *records[b],
                                         options_.rule)
                    .empty();
      });
  std::vector<ids> groups;
  for (const auto& group : made.groups) {
    groups.emplace_back();
    for (auto number : group)
      groups.back().push_back(records[number]->id);
  }
  return groups;
}

/// Makes the groups around a new record anew and writes those that changed;
/// returns by how many postings the store has grown.
expected<std::int64_t> posting_index::regroup(const job_posting& newcomer) {
  auto component = component_of(newcomer.id);
  if (!component)
    return component.error();
  std::map<std::string, std::set<std::string>> before;
  std::map<std::string, std::string> group_before;
  for (const auto& id : *component) {
    if (id == newcomer.id)
      continue;
    auto group = group_of(id);
    if (!group)
      return group.error();
    before[*group].insert(id);
    group_before[id] = *group;
  }
  auto groups = groups_of(*component);
  if (!groups)
    return groups.error();
  std::set<std::string> heads;
  for (const auto& members : *groups) {
    const auto& head = members.front();
    heads.insert(head);
    auto old = before.find(head);
    if (old != before.end()
        && old->second == std::set<std::string>(members.begin(), members.end()))
      continue;
    if (auto done = write_group(members, newcomer); !done)
      return done.error();
    std::set<std::string> moved;
    for (const auto& id : members)
      if (auto from = group_before.find(id);
          from != group_before.end() && from->second != head)
        moved.insert(from->second);
    for (const auto& from : moved)
      if (auto done = move_found(from, head); !done)
        return done.error();
  }
  for (const auto& [head, members] : before)
    if (heads.count(head) == 0)
      view_.remove_posting(head);
  return static_cast<std::int64_t>(groups->size())
         - static_cast<std::int64_t>(before.size());
}

expected<void> posting_index::write_group(const ids& members,
                                          const job_posting& newcomer) {
  std::vector<job_posting> records;
  for (const auto& id : members) {
    auto one =
        id == newcomer.id ? expected<job_posting>{newcomer} : original(id);
    if (!one)
      return one.error();
    view_.put_index("dup/o/" + id, pack(*one));
    view_.put_index("dup/g/" + id, members.front());
    records.push_back(*std::move(one));
  }
  view_.put_posting(dedupe::canonical_of(records));
  return {};
}

void posting_index::found(const std::string& query_id,
                          const std::string& posting_id) {
  view_.open().found.push_back({query_id, posting_id});
  view_.put_index("dup/f/" + posting_id + '/' + query_id, {});
}

expected<void> posting_index::move_found(const std::string& from,
                                         const std::string& to) {
  ids queries;
  auto scanned = view_.scan_index("dup/f/" + from + '/', [&](const auto& one) {
    queries.emplace_back(last_part(one.key));
    return true;
  });
  if (!scanned)
    return scanned;
  for (const auto& query : queries)
    found(query, to);
  return {};
}

expected<void> posting_index::see_again(const std::string& id,
                                        const std::string& when) {
  auto missing = "dup/m/" + id;
  auto was_missing = view_.lookup(missing);
  if (!was_missing)
    return was_missing.error();
  if (*was_missing)
    view_.remove_index(std::move(missing));
  return update_life(id, when, {});
}

/// Writes what is known of the life of a record, and of the posting that it is
/// part of, which is closed when all its records are. An empty `last_seen`
/// changes nothing of it.
expected<void> posting_index::update_life(const std::string& id,
                                          const std::string& last_seen,
                                          const std::string& closed_at) {
  auto one = original(id);
  if (!one)
    return one.error();
  if (one->last_seen >= last_seen && one->closed_at == closed_at)
    return {};
  one->last_seen = std::max(one->last_seen, last_seen);
  one->closed_at = closed_at;
  auto group = group_of(id);
  if (!group)
    return group.error();
  auto in_group = view_.lookup("dup/o/" + id);
  if (!in_group)
    return in_group.error();
  if (!*in_group) {
    view_.put_posting(*std::move(one));
    return {};
  }
  view_.put_index("dup/o/" + id, pack(*one));
  auto posting = view_.posting(*group);
  if (!posting)
    return posting.error();
  if (!*posting)
    return fail(errc::store_failed, "read posting " + *group + ": missing");
  auto component = component_of(id);
  if (!component)
    return component.error();
  auto closed = closed_at;
  for (const auto& other : *component) {
    auto group_of_other = group_of(other);
    auto record_of_other = original(other);
    if (!group_of_other || !record_of_other)
      return !group_of_other ? group_of_other.error() : record_of_other.error();
    if (*group_of_other != *group || other == id || closed.empty())
      continue;
    closed = record_of_other->closed_at.empty()
                 ? std::string{}
                 : std::max(closed, record_of_other->closed_at);
  }
  (*posting)->last_seen = std::max((*posting)->last_seen, last_seen);
  (*posting)->closed_at = closed;
  view_.put_posting(**std::move(posting));
  return {};
}

expected<void> posting_index::board_read(const std::string& source,
                                         const std::string& board,
                                         const ids& shown,
                                         const std::string& now) {
  const std::set<std::string> present(shown.begin(), shown.end());
  ids missing;
  auto scanned =
      view_.scan_index(board_prefix(source, board), [&](const auto& entry) {
        if (present.count(entry.value) == 0)
          missing.emplace_back(last_part(entry.key));
        return true;
      });
  if (!scanned)
    return scanned;
  for (const auto& id : missing) {
    auto at = "dup/m/" + id;
    auto before = view_.lookup(at);
    if (!before)
      return before.error();
    auto times = 1 + (*before ? std::atoi((*before)->c_str()) : 0);
    if (times > closes_after)
      continue;
    view_.put_index(std::move(at), std::to_string(times));
    if (times == closes_after)
      if (auto done = update_life(id, {}, now); !done)
        return done;
  }
  return {};
}

expected<void> posting_index::page_gone(const std::string& source,
                                        const std::string& board,
                                        const std::string& source_id,
                                        const std::string& now) {
  auto id = view_.lookup(dedupe::sighting_key(source, board, source_id));
  if (!id)
    return id.error();
  return *id ? update_life(**id, {}, now) : expected<void>{};
}

} // namespace jobfarm::collect
