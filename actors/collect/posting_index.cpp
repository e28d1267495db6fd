#include "actors/collect/posting_index.hpp"

#include "actors/dedupe/merge.hpp"

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
      holders_(view),
      marks_(keys_, holders_),
      finders_(view, marks_),
      newcomers_(plan),
      records_(view, keys_, marks_),
      candidates_(plan, keys_, holders_,
                  [this](const std::string& id) { return fingerprint_of(id); }),
      edges_(view),
      said_(view),
      groups_(options, view, finders_, records_, edges_, said_),
      life_(view, keys_, records_, groups_),
      view_(view) {
}

expected<void> posting_index::open() {
  auto opened = keys_.open();
  if (opened)
    opened = holders_.open();
  return opened ? finders_.open() : opened;
}

expected<placement> posting_index::place(store::shared_posting posting,
                                         const std::string& board,
                                         reading how) {
  if (auto opened = open(); !opened)
    return opened.error();
  placement made;
  const auto& id = posting->id;
  auto known = records_.find(id, posting->description);
  const auto is_damaged =
      known ? *known && is_unreadable(**known) : is_damage(known.error());
  if (!known && !is_damaged)
    return known.error();
  if (is_damaged || *known) {
    made.seen_again = true;
    auto stored =
        is_damaged ? mend(posting, how) : take_again(**known, *posting, how);
    if (!stored)
      return stored.error();
    made.stored = *stored;
  } else {
    if (auto added = add(posting, board, made); !added)
      return added.error();
  }
  return made.posting_id.empty() ? in_its_group(std::move(made), id) : made;
}

expected<store::shared_posting> posting_index::record(const std::string& id) {
  if (auto opened = open(); !opened)
    return opened.error();
  auto found = records_.find(id, {});
  return !found && is_damage(found.error()) ? store::shared_posting{} : found;
}

expected<placement> posting_index::see_again(const job_posting& record,
                                             const std::string& now) {
  if (auto opened = open(); !opened)
    return opened.error();
  if (auto done = life_.see_again(record, now); !done)
    return done.error();
  placement made;
  made.seen_again = true;
  return in_its_group(std::move(made), record.id);
}

/// Adds the posting that a record is part of.
expected<placement> posting_index::in_its_group(placement made,
                                                const std::string& id) const {
  auto group = records_.group_of(id);
  if (!group)
    return group.error();
  made.posting_id = *std::move(group);
  return made;
}

expected<void> posting_index::place_all(const shared_page& page,
                                        const page_prints& texts,
                                        const std::string& board, reading how,
                                        const placement_visitor& visit) {
  if (auto opened = open(); !opened)
    return opened;
  auto is_known = [&](const auto& one) { return records_.may_have(one.id); };
  for (std::size_t at = 0; at < page->size(); ++at) {
    if (at % newcomers::most == 0) {
      newcomers_.read(page, texts, at, is_known);
      for (const auto& one : newcomers_)
        candidates_.prefetch(one.print);
    }
    const auto& posting = (*page)[at];
    auto became = place(store::shared_posting{page, &posting}, board, how);
    if (!became)
      return became.error();
    if (auto done = visit(posting, *became); !done)
      return done;
  }
  newcomers_.clear();
  return {};
}

/// Adds a record to the index of candidates.
expected<arrival> posting_index::find_alike(const dedupe::evidence& one,
                                            const dedupe::fingerprint& print) {
  const auto known = groups_.outline_of(one);
  return candidates_.add(one.id, print, [&](std::string_view record) {
    return groups_.is_settled(known, record);
  });
}

/// Adds a record that is not known; tells by how many postings the store has
/// grown, and which one it is if it is alone.
expected<void> posting_index::add(const store::shared_posting& shared,
                                  const std::string& board, placement& made) {
  const auto& posting = *shared;
  const auto& [fresh, print] = newcomers_.of(posting);
  records_.keep(fresh, shared);
  auto came = find_alike(*fresh, print);
  if (!came)
    return came.error();
  if (auto begun = records_.begin(posting); !begun)
    return begun.error();
  life_.begin(posting, board);
  edges_.begin(posting.id);
  auto connected = groups_.connect(*fresh, came->others);
  if (!connected)
    return connected.error();
  if (*connected && came->parted.empty()) {
    auto has_joined = groups_.join(*fresh, shared);
    if (!has_joined)
      return has_joined.error();
    if (*has_joined)
      return {};
  }
  id_set touched;
  if (*connected)
    if (auto done = edges_.add_component(posting.id, touched); !done)
      return done.error();
  if (auto done = part(came->parted, touched); !done)
    return done.error();
  auto is_alone = touched.count(posting.id) == 0;
  auto more = touched.empty()
                  ? expected<std::int64_t>{0}
                  : groups_.regroup(touched, is_alone ? nullptr : shared);
  if (!more)
    return more.error();
  made.stored = *more + is_alone;
  made.is_new = is_alone;
  if (is_alone) {
    made.posting_id = posting.id;
    view_.put_posting(shared);
  }
  return {};
}

/// Writes a record that is damaged on disk anew. What it is like is as it was:
/// nobody can tell what it said.
expected<std::int64_t> posting_index::mend(const store::shared_posting& seen,
                                           reading how) {
  if (how != reading::whole)
    return 0;
  id_set touched;
  if (auto done = edges_.add_component(seen->id, touched); !done)
    return done.error();
  if (auto done = life_.not_missing(seen->id); !done)
    return done.error();
  if (auto done = records_.rewrite(seen); !done)
    return done.error();
  return groups_.regroup(touched, nullptr, seen->id);
}

/// Takes a record that is known; returns by how many postings the store has
/// grown.
expected<std::int64_t> posting_index::take_again(const job_posting& known,
                                                 const job_posting& seen,
                                                 reading how) {
  if (how == reading::gone)
    return 0;
  if (how == reading::listed || dedupe::says_the_same(known, seen)) {
    if (auto done = life_.see_again(known, seen.last_seen); !done)
      return done.error();
    return 0;
  }
  if (auto done = life_.not_missing(seen.id); !done)
    return done.error();
  return renew(known, store::share(dedupe::renewed(known, seen)));
}

/// Replaces what a record says. Of its evidence nothing is left behind.
expected<std::int64_t>
posting_index::renew(const job_posting& before,
                     const store::shared_posting& after) {
  const auto& id = after->id;
  id_set touched;
  if (auto done = edges_.add_component(id, touched); !done)
    return done.error();
  if (dedupe::have_same_evidence(before, *after)) {
    if (auto done = records_.rewrite(after); !done)
      return done.error();
    return groups_.regroup(touched, nullptr, id);
  }
  auto neighbours = edges_.neighbours_of(id);
  if (!neighbours)
    return neighbours.error();
  auto print = fingerprint_of(id);
  if (!print)
    return print.error();
  for (const auto& other : *neighbours)
    edges_.remove(id, other);
  groups_.forget(id);
  auto without_first = candidates_.remove(id, *print);
  if (!without_first)
    return without_first.error();
  if (auto done = records_.rewrite(after); !done)
    return done.error();
  for (auto link : print->links) {
    auto has_first =
        std::count(without_first->begin(), without_first->end(), link) == 0;
    if (auto done = hold_together(link, has_first, *neighbours); !done)
      return done.error();
  }
  auto fresh = records_.evidence(id);
  print = fingerprint_of(id);
  if (!fresh || !print)
    return fresh ? print.error() : fresh.error();
  auto came = find_alike(**fresh, *print);
  if (!came)
    return came.error();
  if (auto connected = groups_.connect(**fresh, came->others); !connected)
    return connected.error();
  touched.erase(id);
  if (auto done = edges_.add_component(id, touched); !done)
    return done.error();
  if (auto done = part(came->parted, touched); !done)
    return done.error();
  return groups_.regroup(touched, nullptr, id);
}

/// Those that a link connected by way of a record that has gone are connected
/// one with the next; the first of them is the first that has the link, if
/// there is none.
expected<void> posting_index::hold_together(std::uint64_t link, bool has_first,
                                            const ids& neighbours) {
  ids heirs;
  for (const auto& id : neighbours) {
    auto print = fingerprint_of(id);
    if (!print)
      return print.error();
    if (std::binary_search(print->links.begin(), print->links.end(), link))
      heirs.push_back(id);
  }
  if (!has_first && !heirs.empty())
    candidates_.set_first(link, heirs.front());
  for (std::size_t i = 1; i < heirs.size(); ++i) {
    auto one = records_.evidence(heirs[i]);
    auto known = edges_.neighbours_of(heirs[i]);
    if (!one || !known)
      return one ? known.error() : one.error();
    if (std::binary_search(known->begin(), known->end(), heirs[i - 1]))
      continue;
    if (auto done = groups_.connect(**one, {heirs[i - 1]}); !done)
      return done.error();
  }
  return {};
}

expected<dedupe::fingerprint>
posting_index::fingerprint_of(const std::string& id) {
  auto record = records_.evidence(id);
  if (!record)
    return record.error();
  auto text = records_.text_print(id);
  if (!text)
    return text.error();
  return dedupe::fingerprint_of(**record, *text, plan_);
}

/// Drops the edges between records that nothing brings together any longer.
/// Whatever they connected is added to `touched`.
expected<void> posting_index::part(const std::vector<ids>& parted,
                                   id_set& touched) {
  std::set<std::pair<std::string, std::string>> dropped;
  for (const auto& among : parted) {
    auto edges = edges_.among(among);
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
    if (auto done = edges_.add_component(a, touched); !done)
      return done;
  for (const auto& [a, b] : dropped)
    edges_.remove(a, b);
  return {};
}

} // namespace jobfarm::collect
