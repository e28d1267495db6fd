#include "actors/normalize/pay_line_words.hpp"

#include <algorithm>

namespace jobfarm::normalize {

namespace {

/// So far behind its end a longer phrase ends that settles a word's sense.
constexpr std::size_t sense_reach = longest_pay_word - 1;

} // namespace

void pay_line_words::turn_to(const text::folded_text& text, std::size_t begin,
                             std::size_t end) {
  text_ = &text;
  begin_ = begin;
  end_ = end;
  read_from_ = 0;
  read_to_ = 0;
  hits_.clear();
}

void pay_line_words::find_near(std::size_t from, std::size_t to,
                               std::size_t origin) {
  auto end = std::min(end_, to + sense_reach);
  if (read_to_ == 0)
    find(from, end);
  else if (from < read_from_ || end > read_to_)
    find(begin_, end_);
  near_.clear();
  for (const auto& one : hits_)
    if (read_from_ + one.begin >= from && read_from_ + one.end <= to)
      near_.push_back({one.kind, read_from_ + one.begin - origin,
                       read_from_ + one.end - origin});
}

const std::vector<pay_hit>& pay_line_words::all() {
  if (read_from_ != begin_ || read_to_ != end_)
    find(begin_, end_);
  return hits_;
}

void pay_line_words::find(std::size_t from, std::size_t to) {
  read_from_ = from;
  read_to_ = to;
  pay_words_in(*text_, from, to, hits_);
}

} // namespace jobfarm::normalize
