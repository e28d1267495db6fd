#include "actors/dedupe/similarity.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include <xxhash.h>

namespace jobfarm::dedupe {

namespace {

using code_points = std::vector<std::int32_t>;

code_points decode(std::string_view text) {
  code_points out;
  out.reserve(text.size());
  while (!text.empty()) {
    utf8proc_int32_t point = 0;
    auto size =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                         static_cast<utf8proc_ssize_t>(text.size()), &point);
    out.push_back(size > 0 ? point : 0xFFFD);
    text.remove_prefix(size > 0 ? static_cast<std::size_t>(size) : 1);
  }
  return out;
}

/// A run that both texts share: a[i, i + size) == b[j, j + size).
struct match {
  std::size_t i = 0;
  std::size_t j = 0;
  std::size_t size = 0;
};

/// The window of both texts in which a match is looked for.
struct window {
  std::size_t a_low;
  std::size_t a_high;
  std::size_t b_low;
  std::size_t b_high;
};

class matcher {
public:
  matcher(const code_points& a, const code_points& b)
      : a_(a), b_(b), run_(b.size() + 1), next_run_(b.size() + 1) {
    for (std::size_t j = 0; j < b.size(); ++j)
      places_[b[j]].push_back(j);
    drop_popular();
  }

  /// Sum of the sizes of all matches: the longest, then those before and
  /// after it, and so on.
  std::size_t matched() {
    std::size_t sum = 0;
    std::vector<window> open{{0, a_.size(), 0, b_.size()}};
    while (!open.empty()) {
      auto w = open.back();
      open.pop_back();
      auto found = longest(w);
      if (found.size == 0)
        continue;
      sum += found.size;
      if (w.a_low < found.i && w.b_low < found.j)
        open.push_back({w.a_low, found.i, w.b_low, found.j});
      auto i_end = found.i + found.size;
      auto j_end = found.j + found.size;
      if (i_end < w.a_high && j_end < w.b_high)
        open.push_back({i_end, w.a_high, j_end, w.b_high});
    }
    return sum;
  }

private:
  /// difflib's autojunk.
  void drop_popular() {
    constexpr std::size_t long_text = 200;
    if (b_.size() < long_text)
      return;
    auto most = b_.size() / 100 + 1;
    for (auto at = places_.begin(); at != places_.end();)
      at = at->second.size() > most ? places_.erase(at) : std::next(at);
  }

  /// The longest match that begins with no popular element; of equal ones the
  /// first in `a`, then in `b`. Popular elements around it are taken in.
  match longest(const window& w) {
    match best{w.a_low, w.b_low, 0};
    touched_.clear();
    for (auto i = w.a_low; i < w.a_high; ++i) {
      next_touched_.clear();
      if (auto found = places_.find(a_[i]); found != places_.end())
        extend_runs(i, found->second, w, best);
      for (auto j : touched_)
        run_[j + 1] = 0;
      for (auto j : next_touched_) {
        run_[j + 1] = next_run_[j + 1];
        next_run_[j + 1] = 0;
      }
      touched_.swap(next_touched_);
    }
    for (auto j : touched_)
      run_[j + 1] = 0;
    while (best.i > w.a_low && best.j > w.b_low
           && a_[best.i - 1] == b_[best.j - 1]) {
      --best.i;
      --best.j;
      ++best.size;
    }
    while (best.i + best.size < w.a_high && best.j + best.size < w.b_high
           && a_[best.i + best.size] == b_[best.j + best.size])
      ++best.size;
    return best;
  }

  /// `run_[j + 1]` is the length of the run that ends at the previous element
  /// of `a` and `b[j]`.
  void extend_runs(std::size_t i, const std::vector<std::size_t>& places,
                   const window& w, match& best) {
    auto first = std::lower_bound(places.begin(), places.end(), w.b_low);
    for (auto at = first; at != places.end() && *at < w.b_high; ++at) {
      auto j = *at;
      auto size = (j > w.b_low ? run_[j] : 0) + 1;
      next_run_[j + 1] = size;
      next_touched_.push_back(j);
      if (size > best.size)
        best = {i + 1 - size, j + 1 - size, size};
    }
  }

  const code_points& a_;
  const code_points& b_;
  std::unordered_map<std::int32_t, std::vector<std::size_t>> places_;
  std::vector<std::size_t> run_;
  std::vector<std::size_t> next_run_;
  std::vector<std::size_t> touched_;
  std::vector<std::size_t> next_touched_;
};

double ratio_of(std::size_t matches, std::size_t length) {
  return length == 0
             ? 1.0
             : 2.0 * static_cast<double>(matches) / static_cast<double>(length);
}

bool is_word_point(std::int32_t point) {
  if (point < 0x80)
    return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z')
           || (point >= '0' && point <= '9') || point == '_';
  switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return true;
    default: return false;
  }
}

/// Hashes of the lower-cased words of a text, in order.
std::vector<std::uint64_t> word_hashes(std::string_view text) {
  std::vector<std::uint64_t> hashes;
  code_points word;
  auto close = [&] {
    if (!word.empty())
      hashes.push_back(
          XXH3_64bits(word.data(), word.size() * sizeof word.front()));
    word.clear();
  };
  for (auto point : decode(text)) {
    if (is_word_point(point))
      word.push_back(utf8proc_tolower(point));
    else
      close();
  }
  close();
  return hashes;
}

/// Sorted hashes of the different word 3-grams.
std::vector<std::uint64_t> shingles(std::string_view text) {
  auto words = word_hashes(text);
  std::vector<std::uint64_t> all;
  for (std::size_t i = 0; i + 2 < words.size(); ++i)
    all.push_back(XXH3_64bits(&words[i], 3 * sizeof words[i]));
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

} // namespace

double ratio(std::string_view a, std::string_view b) {
  auto of_a = decode(a);
  auto of_b = decode(b);
  return ratio_of(matcher(of_a, of_b).matched(), of_a.size() + of_b.size());
}

double ratio_bound(std::string_view a, std::string_view b) {
  auto of_a = decode(a);
  auto of_b = decode(b);
  std::unordered_map<std::int32_t, std::int64_t> left;
  for (auto point : of_b)
    ++left[point];
  std::size_t matches = 0;
  for (auto point : of_a)
    matches += left[point]-- > 0;
  return ratio_of(matches, of_a.size() + of_b.size());
}

double shingle_similarity(std::string_view a, std::string_view b) {
  auto of_a = shingles(a);
  auto of_b = shingles(b);
  if (of_a.empty() && of_b.empty())
    return 1.0;
  std::vector<std::uint64_t> both;
  std::set_intersection(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(),
                        std::back_inserter(both));
  auto all = of_a.size() + of_b.size() - both.size();
  return static_cast<double>(both.size()) / static_cast<double>(all);
}

likeness compare(const compared_texts& a, const compared_texts& b) {
  return {ratio(a.title, b.title), ratio(a.company, b.company),
          shingle_similarity(a.description, b.description)};
}

} // namespace jobfarm::dedupe
