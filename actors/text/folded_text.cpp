#include "actors/text/folded_text.hpp"

#include "actors/text/phrase_sieve.hpp"
#include "actors/text/utf8.hpp"
#include "messages/byte_block.hpp"
#include "messages/utf8_point.hpp"

#include <algorithm>

namespace jobfarm::text {

folded_text::folded_text(std::string_view original) : original_(original) {
  fold();
  begins_ = phrase_begins(folded_);
}

void folded_text::fold() {
  auto original = original_;
  // A block is written as a whole, what is behind its end is written over.
  folded_.reserve(original.size() + block::size);
  folded_ = original;
  folded_.resize(original.size() + block::size);
  std::size_t end = 0;
  for (std::size_t at = 0; at < original.size();) {
    while (at + block::group_size <= original.size()
           && block::is_ascii_group(original.data() + at)) {
      block::lower_group(original.data() + at, folded_.data() + end);
      at += block::group_size;
      end += block::group_size;
    }
    auto bytes = block::load_part(original, at);
    block::store(folded_.data() + end, block::lower(bytes));
    auto wide = block::bits(bytes);
    auto plain = wide == 0 ? std::min(block::size, original.size() - at)
                           : block::first(wide);
    at += plain;
    end += plain;
    while (at < original.size()
           && static_cast<unsigned char>(original[at]) >= 0x80)
      fold_one(at, end);
  }
  folded_.resize(end);
}

void folded_text::fold_one(std::size_t& at, std::size_t& end) {
  auto point = first_point(original_.substr(at));
  auto size = std::max<std::size_t>(point.size, 1);
  std::string room;
  auto folded = folded_form(point.value, original_.substr(at, size), room);
  at += size;
  auto needed = end + folded.size() + original_.size() - at + block::size;
  if (folded_.size() < needed)
    folded_.resize(needed);
  end += folded.copy(folded_.data() + end, folded.size());
  if (folded.size() != size)
    shifts_.push_back({end, at});
}

folded_text folded_text::of_folded(std::string_view folded) {
  folded_text made;
  made.original_ = folded;
  made.folded_ = folded;
  made.begins_ = phrase_begins(made.folded_);
  return made;
}

void folded_text::sift(const phrase_sieve& sieve) {
  sieve_ = &sieve;
  hits_ = sieve.hits_in(*this);
}

const std::vector<phrase_hit>*
folded_text::hits_of(const phrase_scanner& scanner) const {
  if (sieve_ == nullptr)
    return nullptr;
  const auto& known = sieve_->scanners();
  auto own = std::find(known.begin(), known.end(), &scanner);
  if (own == known.end())
    return nullptr;
  return &hits_[static_cast<std::size_t>(own - known.begin())];
}

std::size_t folded_text::to_original(std::size_t at) const {
  auto next = std::upper_bound(
      shifts_.begin(), shifts_.end(), at,
      [](std::size_t wanted, const shift& one) { return wanted < one.folded; });
  if (next == shifts_.begin())
    return std::min(at, original_.size());
  const auto& last = *(next - 1);
  auto end = next == shifts_.end() ? original_.size() : next->original;
  return std::min(last.original + (at - last.folded), end);
}

std::size_t folded_text::to_folded(std::size_t at) const {
  auto next = std::upper_bound(shifts_.begin(), shifts_.end(), at,
                               [](std::size_t wanted, const shift& one) {
                                 return wanted < one.original;
                               });
  if (next == shifts_.begin())
    return std::min(at, folded_.size());
  const auto& last = *(next - 1);
  auto end = next == shifts_.end() ? folded_.size() : next->folded;
  return std::min(last.folded + (at - last.original), end);
}

std::string_view folded_text::original_between(std::size_t begin,
                                               std::size_t end) const {
  auto from = to_original(begin);
  auto to = std::max(from, to_original(end));
  return original_.substr(from, to - from);
}

} // namespace jobfarm::text
