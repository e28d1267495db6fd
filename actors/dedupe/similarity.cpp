#include "actors/dedupe/similarity.hpp"

#include "actors/dedupe/shingles.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace jobfarm::dedupe {

namespace {

using code_points = std::vector<std::int32_t>;

/// From this size on difflib leaves popular elements out.
constexpr std::size_t long_text = 200;

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

/// The same for texts too short for popular elements: without a table of
/// places, which would cost more than it saves.
class short_matcher {
public:
  short_matcher(const code_points& a, const code_points& b)
      : a_(a), b_(b), run_(b.size() + 1), next_run_(b.size() + 1) {
  }

  std::size_t matched() {
    return within({0, a_.size(), 0, b_.size()});
  }

private:
  std::size_t within(const window& w) {
    auto found = longest(w);
    if (found.size == 0)
      return 0;
    auto i_end = found.i + found.size;
    auto j_end = found.j + found.size;
    auto sum = found.size;
    if (w.a_low < found.i && w.b_low < found.j)
      sum += within({w.a_low, found.i, w.b_low, found.j});
    if (i_end < w.a_high && j_end < w.b_high)
      sum += within({i_end, w.a_high, j_end, w.b_high});
    return sum;
  }

  match longest(const window& w) {
    match best{w.a_low, w.b_low, 0};
    std::fill(run_.begin() + static_cast<long>(w.b_low),
              run_.begin() + static_cast<long>(w.b_high) + 1, 0);
    next_run_[w.b_low] = 0;
    for (auto i = w.a_low; i < w.a_high; ++i) {
      auto wanted = a_[i];
      for (auto j = w.b_low; j < w.b_high; ++j) {
        auto size = wanted == b_[j] ? run_[j] + 1 : 0u;
        next_run_[j + 1] = size;
        if (size > best.size)
          best = {i + 1 - size, j + 1 - size, size};
      }
      run_.swap(next_run_);
      run_[w.b_low] = next_run_[w.b_low] = 0;
    }
    return best;
  }

  const code_points& a_;
  const code_points& b_;
  std::vector<std::uint32_t> run_;
  std::vector<std::uint32_t> next_run_;
};

double ratio_of(std::size_t matches, std::size_t length) {
  return length == 0
             ? 1.0
             : 2.0 * static_cast<double>(matches) / static_cast<double>(length);
}

} // namespace

double ratio(std::string_view a, std::string_view b) {
  if (a == b && a.size() < long_text)
    return 1.0;
  auto of_a = decode(a);
  auto of_b = decode(b);
  auto is_short = of_b.size() < long_text && of_a.size() < long_text;
  auto matches = is_short ? short_matcher(of_a, of_b).matched()
                          : matcher(of_a, of_b).matched();
  return ratio_of(matches, of_a.size() + of_b.size());
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
  return overlap_of(shingles_of(a), shingles_of(b)).jaccard;
}

likeness compare(const compared_texts& a, const compared_texts& b) {
  return {ratio(a.title, b.title), ratio(a.company, b.company),
          shingle_similarity(a.description, b.description)};
}

} // namespace jobfarm::dedupe
