#include "actors/collect/block_entries.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace jobfarm::collect {

namespace {

using dedupe::lane;

constexpr auto record_lanes = record_bytes / sizeof(lane);

void write_facts(lane* to, const dedupe::facts& known) {
  std::memcpy(to, &known, sizeof known);
}

dedupe::facts facts_of(const lane* entry) {
  const auto* at = entry + record_lanes;
  return {at[0], at[1], at[2], at[3]};
}

} // namespace

void write_entry(entry_lanes& to, std::string_view record,
                 const dedupe::block_entry& entry) {
  to.resize(entry_head_lanes + entry_shape(entry).lanes());
  std::memcpy(to.data(), record.data(), record_bytes);
  write_facts(&to[record_lanes], entry.known);
  auto at = to.begin() + entry_head_lanes;
  at = std::copy(entry.bands.begin(), entry.bands.end(), at);
  std::copy(entry.marks.begin(), entry.marks.end(), at);
}

void block_entries::write(entry_lanes& to, std::size_t place) const {
  auto at = to.size();
  to.resize(at + entry_head_lanes);
  std::memcpy(&to[at], records_[place].data(), record_bytes);
  write_facts(&to[at + record_lanes], facts_[place]);
  const auto* lanes = &lanes_[place * shape_.lanes()];
  to.insert(to.end(), lanes, lanes + shape_.lanes());
}

void block_entries::add(const lane* entry) {
  records_.push_back(record_at(entry));
  facts_.push_back(facts_of(entry));
  blanks_ += records_.back() == no_record;
  const auto* lanes = entry + entry_head_lanes;
  if (index_) {
    index_->add(static_cast<lane_index::entry_number>(size() - 1), lanes);
    return;
  }
  lanes_.insert(lanes_.end(), lanes, lanes + shape_.lanes());
  if (size() > most_scanned_)
    begin_index();
}

void block_entries::begin_index() {
  index_ = std::make_unique<lane_index>(shape_.bands, shape_.marks);
  for (lane_index::entry_number one = 0; one < size(); ++one)
    index_->add(one, &lanes_[one * shape_.lanes()]);
  lanes_ = {};
}

void block_entries::replace(std::size_t place, const lane* old,
                            const lane* entry) {
  blanks_ -= records_[place] == no_record;
  records_[place] = record_at(entry);
  blanks_ += records_[place] == no_record;
  facts_[place] = facts_of(entry);
  const auto* lanes = entry + entry_head_lanes;
  if (!index_) {
    std::copy_n(lanes, shape_.lanes(), &lanes_[place * shape_.lanes()]);
    return;
  }
  const auto number = static_cast<lane_index::entry_number>(place);
  index_->remove(number, old + entry_head_lanes);
  index_->add(number, lanes);
}

std::size_t block_entries::free_place() const {
  return blanks_ == 0 ? size() : find(no_record);
}

std::size_t block_entries::find(const record_name& record) const {
  auto found = std::find(records_.begin(), records_.end(), record);
  return static_cast<std::size_t>(found - records_.begin());
}

std::vector<record_name> block_entries::records_with(const lane* own,
                                                     std::size_t which) const {
  std::vector<lane> single(shape_.lanes());
  single[which] = own[which];
  std::vector<record_name> records;
  sharing(single.data(), {},
          [&](const auto& record) { records.push_back(record); });
  return records;
}

std::size_t block_entries::count(const lane* own, std::size_t which,
                                 std::size_t enough) const {
  return index_ ? index_->count(which, own[which], enough)
                : records_with(own, which).size();
}

std::size_t block_entries::bytes() const noexcept {
  return records_.capacity() * sizeof(record_name)
         + facts_.capacity() * sizeof(dedupe::facts)
         + lanes_.capacity() * sizeof(lane) + (index_ ? index_->bytes() : 0);
}

} // namespace jobfarm::collect
