#include "actors/normalize/pay_line_words.hpp"

#include <algorithm>

namespace jobfarm::normalize {

namespace {

/// So far behind its end a longer phrase ends that settles a word's sense.
constexpr std::size_t sense_reach = longest_pay_word - 1;

} // namespace

std::vector<pay_hit> pay_line_words::between(std::size_t from, std::size_t to) {
  auto end = std::min(end_, to + sense_reach);
  if (read_to_ == 0)
    find(from, end);
  else if (from < read_from_ || end > read_to_)
    find(begin_, end_);
  std::vector<pay_hit> near;
  near.reserve(hits_.size());
  auto skipped = from - read_from_;
  for (const auto& one : hits_)
    if (one.begin >= skipped && read_from_ + one.end <= to)
      near.push_back({one.kind, one.begin - skipped, one.end - skipped});
  return near;
}

const std::vector<pay_hit>& pay_line_words::all() {
  if (read_from_ != begin_ || read_to_ != end_)
    find(begin_, end_);
  return hits_;
}

void pay_line_words::find(std::size_t from, std::size_t to) {
  read_from_ = from;
  read_to_ = to;
  hits_ = pay_words_in(text_, from, to);
}

} // namespace jobfarm::normalize
