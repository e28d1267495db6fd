#include "actors/collect/candidate_index.hpp"

#include "actors/collect/record_id.hpp"

#include <algorithm>

namespace jobfarm::collect {

namespace {

using dedupe::lane;

template <class Keys>
bool have_common(const Keys& a, const Keys& b) {
  return std::any_of(a.begin(), a.end(), [&](auto key) {
    return std::binary_search(b.begin(), b.end(), key);
  });
}

/// The lanes of `a` that `b` has too; 0 for the others.
entry_lanes shared_lanes(const dedupe::block_entry& a,
                         const dedupe::block_entry& b) {
  entry_lanes shared;
  for (std::size_t i = 0; i < a.bands.size(); ++i)
    shared.push_back(a.bands[i] == b.bands[i] ? a.bands[i] : lane{0});
  for (auto mark : a.marks) {
    auto is_shared =
        std::find(b.marks.begin(), b.marks.end(), mark) != b.marks.end();
    shared.push_back(is_shared ? mark : lane{0});
  }
  return shared;
}

} // namespace

candidate_index::candidate_index(const dedupe::candidate_plan& plan,
                                 index_keys& keys, first_holders& holders,
                                 print_reader print_of)
    : plan_(plan),
      lists_(keys, holders),
      blocks_(plan_, keys),
      print_of_(std::move(print_of)) {
}

void candidate_index::prefetch(const dedupe::fingerprint& print) const {
  for (auto link : print.links)
    lists_.prefetch(link);
  for (auto key : print.keys)
    lists_.prefetch(key);
  for (auto block : {print.company.block, print.title.block})
    lists_.prefetch(block);
}

void candidate_index::found::add(const record_name& other) {
  if (next < met.size() && met[next] == other) {
    ++next;
    return;
  }
  if (!met.empty() && met.front() == other) {
    next = 1;
    return;
  }
  if (!is_settled(other))
    others.push_back(other);
  if (next == met.size()) {
    met.push_back(other);
    ++next;
  }
}

expected<arrival> candidate_index::add(const std::string& id,
                                       const dedupe::fingerprint& print,
                                       const settled_test& is_settled) {
  auto record = record_of(id);
  if (!record)
    return fail(errc::invalid_input, "id \"" + id + "\" is not 32 hex digits");
  std::vector<record_name> firsts;
  for (auto link : print.links) {
    auto first = lists_.first_of(link, *record);
    if (!first)
      return first.error();
    firsts.push_back(*first);
  }
  found all{is_settled, {}, {}, {}};
  for (auto key : print.keys) {
    if (lists_.hold(key))
      continue;
    if (auto done = ask_list(key, nullptr, *record, print.title.known, all);
        !done)
      return done.error();
  }
  for (const auto* entry : {&print.company, &print.title})
    if (entry->block != 0)
      if (auto done = ask_block(*entry, *record, all); !done)
        return done.error();
  if (auto done = lists_.end_record(*record, print.title.known); !done)
    return done.error();
  return arrival{ids_of(firsts, all.others, *record), std::move(all.parted)};
}

/// A lane of an entry that others in its block may have.
struct candidate_index::lane_in_block {
  const block_entries& entries;
  const lane* own;
  std::size_t which;
  bool is_full;
};

/// How many records have a lane, in its block and in its list; exact if as many
/// as may have it do, or more.
std::size_t candidate_index::count(const lane_in_block& lane,
                                   const key_list& list) const {
  const auto listed = list.size();
  const auto enough = plan_.most_sharing - std::min(listed, plan_.most_sharing);
  return listed + lane.entries.count(lane.own, lane.which, enough);
}

/// Asks the list of a key, beside what `in_block` has of it, and adds the
/// record where no block takes it; false if the key means nothing, or does not
/// any longer.
expected<bool> candidate_index::ask_list(std::uint64_t key,
                                         const lane_in_block* in_block,
                                         std::string_view record,
                                         const dedupe::facts& known,
                                         found& to) {
  auto list = lists_.read(key);
  if (!list)
    return list.error();
  const auto all = in_block ? count(*in_block, *list) : list->size();
  if (list->is_closed || all > plan_.most_sharing)
    return false;
  const auto takes_record = !in_block || in_block->is_full;
  if (all == plan_.most_sharing) {
    auto& parted = to.parted.emplace_back();
    if (in_block)
      for (const auto& other :
           in_block->entries.records_with(in_block->own, in_block->which))
        parted.push_back(id_of(other));
    list->each([&](std::string_view other, const dedupe::facts&) {
      parted.push_back(id_of(other));
    });
    if (takes_record || list->size() > 0)
      lists_.close(key, *list);
    return false;
  }
  list->each([&](std::string_view other, const dedupe::facts& of_other) {
    if (!differ(known, of_other))
      to.add(record_at(other.data()));
  });
  if (takes_record)
    lists_.append(key, *list, record, known);
  return true;
}

/// The block for the entry `own_` of a record, which may be the one that is
/// alone there.
expected<candidate_blocks::block*>
candidate_index::open_block(const dedupe::block_entry& own,
                            std::string_view record) {
  const auto number = own.block;
  const entry_shape shape(own);
  auto opened = blocks_.open(number, shape);
  if (!opened || (*opened)->entries.size() > 0)
    return opened;
  if (const auto* alone = blocks_.remembered(number)) {
    blocks_.put_alone(**opened, *alone);
    return opened;
  }
  auto first = lists_.holder_of(number);
  if (!first)
    return first.error();
  if (!*first)
    return opened;
  if ((*first)->record == record) {
    blocks_.put_alone(**opened, own_);
    return opened;
  }
  auto print = print_of_(id_of((*first)->record));
  if (!print)
    return print.error();
  const auto& entry =
      print->company.block == number ? print->company : print->title;
  // It is damaged on disk, or was, and nobody knows what it said.
  if (entry.block != number)
    return opened;
  entry_lanes alone;
  write_entry(alone, (*first)->record, entry);
  blocks_.put_alone(**opened, alone);
  return opened;
}

expected<void> candidate_index::ask_block(const dedupe::block_entry& entry,
                                          std::string_view record, found& to) {
  write_entry(own_, record, entry);
  if (lists_.hold(entry.block)) {
    blocks_.remember_alone(entry.block, own_);
    return {};
  }
  auto opened = open_block(entry, record);
  if (!opened)
    return opened.error();
  auto& block = **opened;
  const auto& entries = block.entries;
  asked_.assign(own_.begin() + entry_head_lanes, own_.end());
  if (entries.size() >= std::min(plan_.most_sharing, plan_.most_entries))
    if (auto done = leave_open(entry, entries, record, to); !done)
      return done.error();
  entries.sharing(asked_.data(), entry.known,
                  [&](const auto& other) { to.add(other); });
  if (entries.size() >= plan_.most_entries)
    return {};
  return blocks_.put(entry.block, block, entries.free_place(), own_);
}

expected<std::vector<std::uint64_t>>
candidate_index::remove(const std::string& id,
                        const dedupe::fingerprint& print) {
  auto record = record_of(id);
  if (!record)
    return fail(errc::invalid_input, "id \"" + id + "\" is not 32 hex digits");
  std::vector<std::uint64_t> without_first;
  for (auto link : print.links) {
    auto is_first = lists_.is_first(link, *record);
    if (!is_first)
      return is_first.error();
    if (!*is_first)
      continue;
    lists_.set_first(link, {});
    without_first.push_back(link);
  }
  for (auto key : print.keys)
    if (auto done = lists_.remove(key, *record); !done)
      return done.error();
  for (const auto* entry : {&print.company, &print.title})
    if (entry->block != 0)
      if (auto done = leave_block(*entry, *record); !done)
        return done.error();
  return without_first;
}

void candidate_index::set_first(std::uint64_t link, const std::string& id) {
  lists_.set_first(link, *record_of(id));
}

/// Blanks the entry of a record; one that came when the block was full is in
/// lists instead.
expected<void> candidate_index::leave_block(const dedupe::block_entry& entry,
                                            std::string_view record) {
  write_entry(own_, record, entry);
  auto opened = open_block(entry, record);
  if (!opened)
    return opened.error();
  auto& block = **opened;
  const auto place = block.entries.find(record_at(record.data()));
  if (place < block.entries.size())
    return blocks_.put(entry.block, block, place, entry_lanes(own_.size()));
  for (auto key : dedupe::lane_keys(entry))
    if (key != 0)
      if (auto done = lists_.remove(key, record); !done)
        return done;
  return {};
}

/// Takes the lanes that too many have out of `asked_`, and asks the lists of
/// the others.
expected<void> candidate_index::leave_open(const dedupe::block_entry& entry,
                                           const block_entries& entries,
                                           std::string_view record, found& to) {
  const auto keys = dedupe::lane_keys(entry);
  const auto is_full = entries.size() >= plan_.most_entries;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i] == 0)
      continue;
    const lane_in_block in_block{entries, asked_.data(), i, is_full};
    auto is_open = ask_list(keys[i], &in_block, record, entry.known, to);
    if (!is_open)
      return is_open.error();
    if (!*is_open)
      asked_[i] = 0;
  }
  return {};
}

expected<bool> candidate_index::meet(const dedupe::fingerprint& a,
                                     const dedupe::fingerprint& b) {
  if (have_common(a.links, b.links))
    return true;
  for (auto key : a.keys) {
    if (!std::binary_search(b.keys.begin(), b.keys.end(), key))
      continue;
    auto list = lists_.read(key);
    if (!list)
      return list.error();
    if (!list->is_closed)
      return true;
  }
  auto in_company = meet_in_block(a.company, b.company);
  if (!in_company || *in_company)
    return in_company;
  return meet_in_block(a.title, b.title);
}

expected<bool> candidate_index::meet_in_block(const dedupe::block_entry& a,
                                              const dedupe::block_entry& b) {
  if (a.block == 0 || a.block != b.block)
    return false;
  auto shared = shared_lanes(a, b);
  auto opened = blocks_.open(a.block, entry_shape(a));
  if (!opened)
    return opened.error();
  const auto keys = dedupe::lane_keys(a);
  for (std::size_t i = 0; i < shared.size(); ++i) {
    if (shared[i] == 0)
      continue;
    auto list = lists_.read(keys[i]);
    if (!list)
      return list.error();
    const lane_in_block in_block{(*opened)->entries, shared.data(), i, false};
    if (!list->is_closed && count(in_block, *list) <= plan_.most_sharing)
      return true;
  }
  return false;
}

} // namespace jobfarm::collect
