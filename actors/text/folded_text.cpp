#include "actors/text/folded_text.hpp"

#include "actors/text/phrase_sieve.hpp"
#include "actors/text/utf8.hpp"
#include "messages/byte_block.hpp"
#include "messages/utf8_point.hpp"

#include <algorithm>

namespace jobfarm::text {

folded_text::folded_text(std::string_view original) : original_(original) {
  folded_.reserve(original.size());
  for (std::size_t at = 0; at < original.size();) {
    auto end = block::ascii_end(original, at);
    fold_ascii_run(at, end);
    at = end;
    if (at == original.size())
      break;
    auto point = first_point(original.substr(at));
    auto size = std::max<std::size_t>(point.size, 1);
    auto before = folded_.size();
    fold_point(folded_, point.value);
    at += size;
    if (folded_.size() - before != size)
      shifts_.push_back({folded_.size(), at});
  }
  begins_ = phrase_begins(folded_);
}

folded_text folded_text::of_folded(std::string_view folded) {
  folded_text made;
  made.original_ = folded;
  made.folded_ = folded;
  made.begins_ = phrase_begins(made.folded_);
  return made;
}

void folded_text::fold_ascii_run(std::size_t begin, std::size_t end) {
  auto at = folded_.size();
  folded_.append(original_, begin, end - begin);
  for (; at + block::size <= folded_.size(); at += block::size) {
    auto bytes = block::load(folded_.data() + at);
    auto is_capital = block::between(bytes, 'A', 'Z');
    block::store(folded_.data() + at, bytes | (is_capital & 0x20));
  }
  for (; at < folded_.size(); ++at)
    if (auto& c = folded_[at]; c >= 'A' && c <= 'Z')
      c = static_cast<char>(c - 'A' + 'a');
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
