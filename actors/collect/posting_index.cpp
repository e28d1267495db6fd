#include "actors/collect/posting_index.hpp"

#include <algorithm>
#include <utility>

namespace jobfarm::collect {

posting_index::posting_index(dedupe::decision_options options,
                             store::pending_view& view)
    : posting_index(options,
                    dedupe::plan_candidates(options.threshold, options.rule),
                    view) {
}

posting_index::posting_index(dedupe::decision_options options,
                             const dedupe::candidate_plan& plan,
                             store::pending_view& view)
    : plan_(plan),
      keys_(view),
      records_(view, keys_),
      candidates_(plan, keys_),
      groups_(options, view, records_),
      life_(view, records_, groups_),
      view_(view) {
}

expected<placement> posting_index::place(job_posting posting,
                                         const std::string& board) {
  if (auto opened = keys_.open(); !opened)
    return opened.error();
  placement made;
  const auto id = posting.id;
  auto known = records_.is_known(id);
  if (!known)
    return known.error();
  if (*known) {
    made.seen_again = true;
    if (auto done = life_.see_again(id, posting.last_seen); !done)
      return done.error();
  } else {
    auto stored = add(std::move(posting), board);
    if (!stored)
      return stored.error();
    made.stored = *stored;
  }
  auto group = records_.group_of(id);
  if (!group)
    return group.error();
  made.posting_id = *std::move(group);
  return made;
}

/// Adds a record that is not known; returns by how many postings the store has
/// grown.
expected<std::int64_t> posting_index::add(job_posting posting,
                                          const std::string& board) {
  auto text = dedupe::read_text(posting.description);
  auto fresh = std::make_shared<const dedupe::evidence>(
      dedupe::evidence_of(posting, text));
  auto came = candidates_.add(
      posting.id, dedupe::fingerprint_of(*fresh, text.shingles, plan_));
  if (!came)
    return came.error();
  records_.keep(fresh, std::move(text.shingles));
  records_.begin(posting);
  keys_.note();
  life_.begin(posting, board);
  auto connected = groups_.connect(*fresh, came->others);
  if (!connected)
    return connected.error();
  id_set touched;
  if (*connected)
    if (auto done = groups_.add_component(posting.id, touched); !done)
      return done.error();
  if (auto done = part(came->parted, touched); !done)
    return done.error();
  auto is_alone = touched.count(posting.id) == 0;
  auto more = touched.empty()
                  ? expected<std::int64_t>{0}
                  : groups_.regroup(touched, is_alone ? nullptr : &posting);
  if (!more || !is_alone)
    return more;
  view_.put_posting(std::move(posting));
  return *more + 1;
}

expected<dedupe::fingerprint>
posting_index::fingerprint_of(const std::string& id) {
  auto record = records_.evidence(id);
  if (!record)
    return record.error();
  auto text = records_.text(id);
  if (!text)
    return text.error();
  return dedupe::fingerprint_of(**record, **text, plan_);
}

/// Drops the edges between records that nothing brings together any longer.
/// Whatever they connected is added to `touched`.
expected<void> posting_index::part(const std::vector<ids>& parted,
                                   id_set& touched) {
  std::set<std::pair<std::string, std::string>> dropped;
  for (const auto& among : parted) {
    auto edges = groups_.edges_among(among);
    if (!edges)
      return edges.error();
    for (auto& [a, b] : *edges) {
      auto of_a = fingerprint_of(a);
      auto of_b = fingerprint_of(b);
      if (!of_a || !of_b)
        return of_a ? of_b.error() : of_a.error();
      auto still = candidates_.meet(*of_a, *of_b);
      if (!still)
        return still.error();
      if (!*still)
        dropped.emplace(std::move(a), std::move(b));
    }
  }
  // While the edges are there: they tell what hung together.
  for (const auto& [a, b] : dropped)
    if (auto done = groups_.add_component(a, touched); !done)
      return done;
  for (const auto& [a, b] : dropped)
    groups_.remove_edge(a, b);
  return {};
}

expected<std::vector<job_posting>>
posting_index::records_of(const std::string& posting_id) {
  auto members = groups_.members_of(posting_id);
  if (!members)
    return members.error();
  std::vector<job_posting> records;
  for (const auto& id : *members) {
    auto one = records_.original(id);
    if (!one)
      return one.error();
    records.push_back(*std::move(one));
  }
  return records;
}

expected<posting_index::ids>
posting_index::take_out(const std::string& posting_id, const ids& record_ids) {
  auto members = groups_.members_of(posting_id);
  if (!members)
    return members.error();
  const id_set out(record_ids.begin(), record_ids.end());
  ids left;
  for (const auto& id : *members)
    if (out.count(id) == 0)
      left.push_back(id);
  if (left.empty() || left.size() + out.size() != members->size())
    return fail(errc::invalid_input,
                "posting " + posting_id
                    + (left.empty() ? " would have no record left"
                                    : " has not all of these records"));
  for (const auto& a : out)
    for (const auto& b : left)
      groups_.say_different(a, b, true);
  if (auto done = regroup_around(posting_id); !done)
    return done.error();
  return postings_of(record_ids);
}

expected<posting_index::ids>
posting_index::put_back(const std::string& posting_id) {
  auto members = groups_.members_of(posting_id);
  if (!members)
    return members.error();
  for (const auto& a : *members) {
    auto others = groups_.said_different_from(a);
    if (!others)
      return others.error();
    for (const auto& b : *others)
      groups_.say_different(a, b, false);
  }
  if (auto done = regroup_around(posting_id); !done)
    return done.error();
  return postings_of(*members);
}

expected<void> posting_index::regroup_around(const std::string& id) {
  id_set component;
  if (auto done = groups_.add_component(id, component); !done)
    return done;
  if (auto more = groups_.regroup(component, nullptr); !more)
    return more.error();
  return {};
}

/// The postings that records are now, each once.
expected<posting_index::ids> posting_index::postings_of(const ids& records) {
  id_set made;
  for (const auto& id : records) {
    auto group = records_.group_of(id);
    if (!group)
      return group.error();
    made.insert(*std::move(group));
  }
  return ids(made.begin(), made.end());
}

} // namespace jobfarm::collect
