#include "actors/dedupe/batch.hpp"

#include "actors/dedupe/text_cache.hpp"
#include "actors/text/long_hash.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_set>

namespace jobfarm::dedupe {

namespace {

/// Keys are sorted in this many parts, so that the sorted form of few is in
/// memory at a time.
constexpr std::uint32_t part_bits = 4;

/// How many pairs before its turn a record is asked for.
constexpr std::size_t pairs_ahead = 16;

/// Descriptions kept for the next comparisons.
constexpr std::size_t cached_texts = 1u << 14;

/// A key in memory: its first bits, and whether it is a link.
std::uint32_t cut(std::uint64_t key, bool is_link) {
  constexpr std::uint32_t flag = 1;
  return (static_cast<std::uint32_t>(key >> 32) & ~flag) | (is_link ? flag : 0);
}

bool is_link(std::uint32_t key) {
  return (key & 1) != 0;
}

struct keyed {
  std::uint32_t key;
  std::uint32_t record;
};

void add_pair(std::vector<std::uint64_t>& to, std::uint32_t a,
              std::uint32_t b) {
  auto [first, second] = std::minmax(a, b);
  to.push_back(std::uint64_t{first} << 32 | second);
}

/// Tells whether a list of records came before. Copies of one text are together
/// in each of their bands. Short lists are not worth it.
class known_lists {
public:
  /// Two lists that are not the same are taken for it once in 2^64 times.
  bool add(const keyed* begin, const keyed* end) {
    constexpr std::ptrdiff_t worth_it = 16;
    if (end - begin < worth_it)
      return true;
    records_.clear();
    for (const auto* one = begin; one != end; ++one)
      records_.push_back(one->record);
    const auto hash =
        text::long_hash({reinterpret_cast<const char*>(records_.data()),
                         records_.size() * sizeof records_.front()});
    return hashes_.insert(hash).second;
  }

private:
  std::vector<std::uint32_t> records_;
  std::unordered_set<std::uint64_t> hashes_;
};

/// Has the processor load what `known_difference` looks at.
void fetch_ahead(const evidence& one) {
  __builtin_prefetch(&one.board_key);
  __builtin_prefetch(&one.seniority);
}

/// Sorts by all bits but the first `part_bits`, which are the same in a part,
/// 14 at a time, since millions of keys are too many to be compared. Records of
/// one key stay in their order.
void sort_part(std::vector<keyed>& part) {
  constexpr auto digit_bits = (32 - part_bits) / 2;
  constexpr std::uint32_t most = (1u << digit_bits) - 1;
  std::vector<keyed> sorted(part.size());
  for (auto shift : {0u, digit_bits}) {
    std::vector<std::uint32_t> places(most + 2);
    for (const auto& one : part)
      ++places[(one.key >> shift & most) + 1];
    std::partial_sum(places.begin(), places.end(), places.begin());
    for (const auto& one : part)
      sorted[places[one.key >> shift & most]++] = one;
    part.swap(sorted);
  }
}

} // namespace

batch::batch(decision_options options)
    : batch(options, plan_candidates(options.threshold, options.rule)) {
}

batch::batch(decision_options options, const candidate_plan& plan)
    : options_(options), plan_(plan) {
}

void batch::add(const job_posting& posting) {
  const auto text = reader_.read(posting.description);
  const auto text_in_short = print_of(text);
  records_.push_back(evidence_of(posting, text_in_short));
  auto print = fingerprint_of(records_.back(), text_in_short, plan_);
  facts_.push_back(facts_of(records_.back(), options_.rule));
  outlines_.push_back(outline_of(without_repeats(text.shingles)));
  sure_.push_back(sure_key(records_.back(), options_.rule));
  auto keys = keys_of(print);
  for (auto link : print.links)
    keys_.push_back(cut(link, true));
  for (auto key : keys)
    keys_.push_back(cut(key, false));
  key_counts_.push_back(
      static_cast<std::uint8_t>(keys.size() + print.links.size()));
}

/// The pairs that share a key. Those that facts tell apart, and those that are
/// one job for sure, only if all are asked for: each of the latter is with one
/// other, at least.
std::vector<batch::pair> batch::candidate_pairs(bool all_pairs) {
  std::vector<std::uint64_t> pairs;
  auto is_sure = [&](std::uint32_t a, std::uint32_t b) {
    return sure_[a] != 0 && sure_[a] == sure_[b];
  };
  auto add = [&](std::uint32_t a, std::uint32_t b) {
    if (!all_pairs && (is_sure(a, b) || differ(facts_[a], facts_[b])))
      return;
    add_pair(pairs, a, b);
  };
  auto chain_sure = [&](keyed* begin, keyed* end) {
    std::stable_sort(begin, end, [&](const keyed& a, const keyed& b) {
      return sure_[a.record] < sure_[b.record];
    });
    for (auto* a = begin; a + 1 < end; ++a)
      if (is_sure(a->record, a[1].record))
        add_pair(pairs, a->record, a[1].record);
  };
  known_lists known;
  auto add_block = [&](keyed* begin, keyed* end) {
    if (is_link(begin->key))
      chain_sure(begin, end);
    else if (!known.add(begin, end))
      return;
    auto reach = end - begin;
    if (static_cast<std::size_t>(reach) > plan_.most_sharing)
      reach = is_link(begin->key) ? 1 : 0;
    for (auto* a = begin; a != end; ++a)
      for (auto* b = a + 1; b != end && b - a <= reach; ++b)
        add(a->record, b->record);
  };
  std::vector<keyed> part;
  std::size_t sorted_pairs = 0;
  for (std::uint32_t number = 0; number < 1u << part_bits; ++number) {
    part.clear();
    auto at = keys_.begin();
    for (std::uint32_t i = 0; i < key_counts_.size(); ++i)
      for (auto left = key_counts_[i]; left > 0; --left, ++at)
        if (*at >> (32 - part_bits) == number)
          part.push_back({*at, i});
    sort_part(part);
    for (auto* begin = part.data(); begin != part.data() + part.size();) {
      auto* end = begin;
      while (end != part.data() + part.size() && end->key == begin->key)
        ++end;
      if (end - begin > 1)
        add_block(begin, end);
      begin = end;
    }
    // Most pairs meet in several bands.
    if (pairs.size() > 2 * sorted_pairs + (1u << 20)
        || number + 1 == 1u << part_bits) {
      std::sort(pairs.begin(), pairs.end());
      pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
      sorted_pairs = pairs.size();
    }
  }
  std::vector<pair> all;
  all.reserve(pairs.size());
  for (auto one : pairs)
    all.push_back({static_cast<std::uint32_t>(one >> 32),
                   static_cast<std::uint32_t>(one)});
  return all;
}

expected<std::vector<merge_edge>>
batch::decide_pairs(const std::vector<pair>& pairs, const text_reader& read,
                    const pair_visitor& visit) {
  text_cache texts(cached_texts, read);
  std::vector<merge_edge> edges;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    // Deciding waits for memory most of all.
    if (i + pairs_ahead < pairs.size())
      fetch_ahead(records_[pairs[i + pairs_ahead].b]);
    auto [x, y] = pairs[i];
    // Most pairs are dismissed by this, whichever record was first.
    if (!visit
        && !known_difference(records_[x], records_[y], options_.rule).empty())
      continue;
    if (is_before(records_[y], records_[x]))
      std::swap(x, y);
    auto made = decide(
        records_[x], records_[y], options_,
        [&, a = x, b = y] { return texts.overlap_of(a, b); },
        static_cast<bool>(visit), overlap_bound(outlines_[x], outlines_[y]));
    if (texts.failed())
      return *texts.failed();
    if (made.merge)
      edges.push_back({x, y, made.strength});
    else if (visit)
      visit(records_[x], records_[y], made);
  }
  return edges;
}

/// Ranks the records that edges connect; from here on the edges name them by
/// their rank.
void batch::rank_records(std::vector<merge_edge>& edges) {
  for (const auto& edge : edges)
    order_.insert(order_.end(), {edge.a, edge.b});
  std::sort(order_.begin(), order_.end());
  order_.erase(std::unique(order_.begin(), order_.end()), order_.end());
  std::stable_sort(order_.begin(), order_.end(), [&](auto a, auto b) {
    return is_before(records_[a], records_[b]);
  });
  std::vector<std::uint32_t> rank(records_.size());
  for (std::uint32_t i = 0; i < order_.size(); ++i)
    rank[order_[i]] = i;
  for (auto& edge : edges) {
    edge.a = rank[edge.a];
    edge.b = rank[edge.b];
  }
}

/// All groups by the numbers of their records, those of one record too.
std::vector<std::vector<std::uint32_t>>
batch::with_singles(std::vector<std::vector<std::uint32_t>> groups) const {
  std::vector<bool> is_grouped(records_.size());
  for (auto& group : groups)
    for (auto& member : group) {
      member = order_[member];
      is_grouped[member] = true;
    }
  for (std::uint32_t i = 0; i < records_.size(); ++i)
    if (!is_grouped[i])
      groups.push_back({i});
  std::sort(groups.begin(), groups.end(), [](const auto& x, const auto& y) {
    return *std::min_element(x.begin(), x.end())
           < *std::min_element(y.begin(), y.end());
  });
  return groups;
}

/// Merges are told when it is known whether they stand.
expected<void> batch::tell_merges(const std::vector<merge_edge>& edges,
                                  const std::vector<merge_edge>& refused,
                                  const text_reader& read,
                                  const pair_visitor& visit) const {
  std::unordered_set<std::uint64_t> dropped;
  for (const auto& one : refused)
    dropped.insert(std::uint64_t{one.a} << 32 | one.b);
  text_cache texts(cached_texts, read);
  for (const auto& edge : edges) {
    auto x = order_[edge.a];
    auto y = order_[edge.b];
    auto made = decide(
        records_[x], records_[y], options_,
        [&] { return texts.overlap_of(x, y); }, true);
    if (texts.failed())
      return *texts.failed();
    if (dropped.count(std::uint64_t{edge.a} << 32 | edge.b) != 0) {
      made.merge = false;
      made.reason = "its group holds a different job";
    }
    visit(records_[x], records_[y], made);
  }
  return {};
}

expected<std::vector<std::vector<std::uint32_t>>>
batch::groups(const text_reader& read, const pair_visitor& visit) {
  auto pairs = candidate_pairs(static_cast<bool>(visit));
  keys_.clear();
  keys_.shrink_to_fit();
  auto edges = decide_pairs(pairs, read, visit);
  if (!edges)
    return edges.error();
  rank_records(*edges);
  sort_edges(*edges);
  auto made = cluster(order_.size(), *edges,
                      [&](std::uint32_t a, std::uint32_t b) {
                        return !known_difference(records_[order_[a]],
                                                 records_[order_[b]],
                                                 options_.rule)
                                    .empty();
                      });
  if (visit)
    if (auto told = tell_merges(*edges, made.refused, read, visit); !told)
      return told.error();
  return with_singles(std::move(made.groups));
}

} // namespace jobfarm::dedupe
