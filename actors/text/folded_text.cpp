#include "actors/text/folded_text.hpp"

#include "actors/text/ascii.hpp"
#include "actors/text/phrase_sieve.hpp"
#include "actors/text/utf8.hpp"
#include "messages/byte_block.hpp"
#include "messages/utf8_point.hpp"

#include <algorithm>
#include <utility>

namespace jobfarm::text {

namespace {

/// Whether a code point beyond ASCII is part of no word, nor is what it is
/// folded to.
bool is_mark(char32_t point, std::string_view folded) {
  return !folded.empty() && !is_letter_or_number(point)
         && std::none_of(folded.begin(), folded.end(),
                         [](char c) { return is_ascii_word(c) || c == '_'; });
}

} // namespace

folded_text::folded_text(std::string_view original) : original_(original) {
  fold();
}

void folded_text::fold() {
  constexpr auto group = block::group_size;
  keeps_words_ = true;
  begins_reader reader(original_.size());
  make_room(original_.size() + group, 0);
  std::size_t end = 0;
  std::size_t read = 0;
  for (std::size_t at = 0; at < original_.size();) {
    if (end == read) {
      auto folded = reader.fold(original_.substr(at), room() + end);
      at += folded;
      read = end += folded;
    }
    fold_part(at, end, read + group);
    for (; end - read >= group; read += group)
      reader.read(room() + read);
  }
  std::fill_n(room() + end, group, '\0');
  folded_ = {room(), end};
  begins_ = reader.finish(folded_.substr(read));
}

void folded_text::fold_part(std::size_t& at, std::size_t& end,
                            std::size_t until) {
  auto is_wide = [&] {
    return at < original_.size()
           && static_cast<unsigned char>(original_[at]) >= 0x80;
  };
  while (at < original_.size() && end < until) {
    auto bytes = block::load_part(original_, at);
    // A block is written as a whole, what is behind its end is written over.
    block::store(room() + end, block::lower(bytes));
    auto wide = block::bits(bytes);
    auto plain = std::min({wide == 0 ? block::size : block::first(wide),
                           original_.size() - at, until - end});
    at += plain;
    end += plain;
    while (end < until && is_wide())
      fold_one(at, end);
  }
}

void folded_text::fold_one(std::size_t& at, std::size_t& end) {
  auto point = first_point(original_.substr(at));
  auto size = std::max<std::size_t>(point.size, 1);
  std::string made;
  auto folded = folded_form(point.value, original_.substr(at, size), made);
  keeps_words_ = keeps_words_ && is_mark(point.value, folded);
  at += size;
  make_room(end + folded.size() + original_.size() - at + block::group_size,
            end);
  end += folded.copy(room() + end, folded.size());
  if (folded.size() != size)
    shifts_.push_back({end, at});
}

void folded_text::make_room(std::size_t size, std::size_t used) {
  size += block::size;
  if (size <= room_size_)
    return;
  room_size_ = size + used;
  std::unique_ptr<char[]> larger(new char[room_size_]);
  if (room_ != nullptr)
    std::copy_n(room_.get(), block::size + used, larger.get());
  else
    block::store(larger.get(), block::bytes{});
  room_ = std::move(larger);
}

folded_text folded_text::of_folded(std::string_view folded) {
  folded_text made;
  made.original_ = made.folded_ = folded;
  made.begins_ = phrase_begins(folded);
  return made;
}

std::size_t folded_text::next_digit(std::size_t at) const {
  for (auto found = begins_.next_digit(folded_, to_folded(at));
       found != folded_.npos; found = begins_.next_digit(folded_, found + 1)) {
    // Digits fold to themselves, and other characters to digits: "½".
    auto there = to_original(found);
    if (there >= at && there < original_.size() && is_digit(original_[there]))
      return there;
  }
  return original_.npos;
}

void folded_text::sift(const phrase_sieve& sieve) {
  if (room_ == nullptr)
    return;
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
