#include "actors/collect/candidate_index.hpp"

#include "actors/collect/record_id.hpp"

#include <algorithm>
#include <cstring>

namespace jobfarm::collect {

namespace {

using dedupe::lane;

constexpr auto record_lanes = record_bytes / sizeof(lane);
constexpr auto fact_lanes = sizeof(dedupe::facts) / sizeof(lane);
/// What an entry has before its bands.
constexpr auto head_lanes = record_lanes + fact_lanes;

/// In the place of an entry that was taken out.
constexpr record_name no_record{};

/// An entry as it lies in its block: the record's bytes, facts, bands, marks.
void write_entry(std::vector<lane>& to, std::string_view record,
                 const dedupe::block_entry& entry) {
  to.resize(head_lanes + entry.bands.size() + entry.marks.size());
  std::memcpy(to.data(), record.data(), record_bytes);
  const auto& known = entry.known;
  auto at = to.begin() + record_lanes;
  for (auto one : {known.country, known.admin1, known.city, known.seniority})
    *at++ = one;
  at = std::copy(entry.bands.begin(), entry.bands.end(), at);
  std::copy(entry.marks.begin(), entry.marks.end(), at);
}

template <class Keys>
bool have_common(const Keys& a, const Keys& b) {
  return std::any_of(a.begin(), a.end(), [&](auto key) {
    return std::binary_search(b.begin(), b.end(), key);
  });
}

/// The lanes of `a` that `b` has too; 0 for the others.
std::vector<lane> shared_lanes(const dedupe::block_entry& a,
                               const dedupe::block_entry& b) {
  std::vector<lane> shared;
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

/// Entries that lie one after the other, looked at by the lanes of one more.
class candidate_index::entry_list {
public:
  entry_list(const std::vector<lane>& lanes, const dedupe::block_entry& own)
      : lanes_(lanes),
        bands_(own.bands.size()),
        marks_(own.marks.size()),
        stride_(head_lanes + bands_ + marks_) {
  }

  std::size_t size() const {
    return lanes_.size() / stride_;
  }

  std::vector<std::size_t> count(const lane* own) const {
    return dedupe::count_lanes(own, lanes_.data() + head_lanes, size(), stride_,
                               bands_, marks_);
  }

  /// Visits the records that share a lane of `own` and are not told apart from
  /// `known`.
  template <class Visit>
  void sharing(const lane* own, const dedupe::facts& known, Visit visit) const {
    for (std::size_t at = 0; at < lanes_.size(); at += stride_)
      // Most are told apart by what is known of them, which is soon seen.
      if (!differ(known, facts_at(at))
          && dedupe::share_lane(own, &lanes_[at + head_lanes], bands_, marks_))
        visit(record_at(&lanes_[at]));
  }

  /// Where the entry of a record begins, or that of none (`record_bytes`
  /// zeros); `size() * stride` if there is none.
  std::size_t find(std::string_view record) const {
    std::size_t at = 0;
    while (at < lanes_.size()
           && std::memcmp(&lanes_[at], record.data(), record_bytes) != 0)
      at += stride_;
    return at;
  }

  /// The ids of the records that share lane number `which` of `own`.
  std::vector<std::string> ids_with(const lane* own, std::size_t which) const {
    std::vector<lane> single(bands_ + marks_);
    single[which] = own[which];
    std::vector<std::string> ids;
    sharing(single.data(), {},
            [&](const auto& record) { ids.push_back(id_of(record)); });
    return ids;
  }

private:
  dedupe::facts facts_at(std::size_t entry) const {
    const auto* at = &lanes_[entry + record_lanes];
    return {at[0], at[1], at[2], at[3]};
  }

  const std::vector<lane>& lanes_;
  std::size_t bands_;
  std::size_t marks_;
  std::size_t stride_;
};

candidate_index::candidate_index(const dedupe::candidate_plan& plan,
                                 index_keys& keys, first_holders& holders,
                                 print_reader print_of)
    : plan_(plan),
      lists_(keys, holders),
      blocks_(keys),
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
    auto no_more = [] { return arrival::ids{}; };
    if (auto done = ask_list(key, 0, no_more, *record, print.title.known, all);
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

/// Asks the list of a key that `elsewhere` records have besides, and adds the
/// record to it; false if the key means nothing, or does not any longer.
expected<bool> candidate_index::ask_list(
    std::uint64_t key, std::size_t elsewhere, const ids_reader& ids_elsewhere,
    std::string_view record, const dedupe::facts& known, found& to) {
  auto list = lists_.read(key);
  if (!list)
    return list.error();
  auto count = elsewhere + list->size();
  if (list->is_closed || count > plan_.most_sharing)
    return false;
  if (count == plan_.most_sharing) {
    auto all = ids_elsewhere();
    list->each([&](std::string_view other, const dedupe::facts&) {
      all.push_back(id_of(other));
    });
    to.parted.push_back(std::move(all));
    lists_.close(key, *list);
    return false;
  }
  list->each([&](std::string_view other, const dedupe::facts& of_other) {
    if (!differ(known, of_other))
      to.add(record_at(other.data()));
  });
  lists_.append(key, *list, record, known);
  return true;
}

/// The block for the entry `own_` of a record, which may be the one that is
/// alone there.
expected<candidate_blocks::block*>
candidate_index::open_block(std::uint64_t number, std::string_view record) {
  auto opened = blocks_.open(number, own_.size());
  if (!opened || !(*opened)->entries.empty())
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
  std::vector<lane> alone;
  write_entry(alone, (*first)->record, entry);
  blocks_.put_alone(**opened, std::move(alone));
  return opened;
}

expected<void> candidate_index::ask_block(const dedupe::block_entry& entry,
                                          std::string_view record, found& to) {
  write_entry(own_, record, entry);
  if (lists_.hold(entry.block)) {
    blocks_.remember_alone(entry.block, own_);
    return {};
  }
  auto opened = open_block(entry.block, record);
  if (!opened)
    return opened.error();
  auto& block = **opened;
  const entry_list entries(block.entries, entry);
  asked_.assign(own_.begin() + head_lanes, own_.end());
  if (entries.size() >= std::min(plan_.most_sharing, plan_.most_entries))
    if (auto done = leave_open(entry, entries, record, to); !done)
      return done.error();
  entries.sharing(asked_.data(), entry.known,
                  [&](const auto& other) { to.add(other); });
  if (entries.size() >= plan_.most_entries)
    return {};
  auto at = entries.find(no_record);
  blocks_.put(entry.block, block, at, own_);
  return {};
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
  auto opened = open_block(entry.block, record);
  if (!opened)
    return opened.error();
  auto& block = **opened;
  auto at = entry_list(block.entries, entry).find(record);
  if (at < block.entries.size()) {
    blocks_.put(entry.block, block, at, std::vector<lane>(own_.size()));
    return {};
  }
  for (auto key : dedupe::lane_keys(entry))
    if (key != 0)
      if (auto done = lists_.remove(key, record); !done)
        return done;
  return {};
}

/// Takes the lanes that too many have out of `asked_`; in a full block asks the
/// lists of the others.
expected<void> candidate_index::leave_open(const dedupe::block_entry& entry,
                                           const entry_list& entries,
                                           std::string_view record, found& to) {
  const auto own = asked_;
  const auto counts = entries.count(own.data());
  const auto keys = dedupe::lane_keys(entry);
  const auto is_full = entries.size() >= plan_.most_entries;
  for (std::size_t i = 0; i < own.size(); ++i) {
    if (own[i] == 0)
      continue;
    auto ids = [&, i] { return entries.ids_with(own.data(), i); };
    auto is_open = counts[i] < plan_.most_sharing;
    if (is_full) {
      auto asked_list =
          ask_list(keys[i], counts[i], ids, record, entry.known, to);
      if (!asked_list)
        return asked_list.error();
      is_open = *asked_list;
    } else if (counts[i] == plan_.most_sharing) {
      to.parted.push_back(ids());
    }
    if (!is_open)
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
  auto opened = blocks_.open(a.block, head_lanes + shared.size());
  if (!opened)
    return opened.error();
  const entry_list entries((*opened)->entries, a);
  const auto counts = entries.count(shared.data());
  const auto keys = dedupe::lane_keys(a);
  for (std::size_t i = 0; i < shared.size(); ++i) {
    if (shared[i] == 0 || counts[i] > plan_.most_sharing)
      continue;
    if (entries.size() < plan_.most_entries)
      return true;
    auto list = lists_.read(keys[i]);
    if (!list)
      return list.error();
    if (!list->is_closed && counts[i] + list->size() <= plan_.most_sharing)
      return true;
  }
  return false;
}

} // namespace jobfarm::collect
