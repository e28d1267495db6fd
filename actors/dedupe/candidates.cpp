#include "actors/dedupe/candidates.hpp"

#include "actors/text/ascii.hpp"
#include "messages/byte_block.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <string>

// Bands are short: the call would cost as much as the hash.
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace jobfarm::dedupe {

namespace {

/// Names of key families, hashed into each key.
enum class family : std::uint64_t {
  company = 1,
  title,
  far,
  signature,
  twin,
  band,
  mark
};

std::uint64_t key_of(family kind, std::uint64_t a, std::uint64_t b = 0,
                     std::uint64_t c = 0) {
  const std::uint64_t parts[] = {static_cast<std::uint64_t>(kind), a, b, c};
  return XXH3_64bits(parts, sizeof parts);
}

/// Marks with a meaning of their own; those cut from hashes are above them.
constexpr lane no_text = 1;
constexpr lane whole_company = 2;

lane lane_of(std::uint64_t hash) {
  constexpr std::uint64_t reserved = 3;
  return static_cast<lane>(std::max(hash & 0xffff, reserved));
}

class fingerprint_writer {
public:
  fingerprint_writer(const evidence& record, const candidate_plan& plan,
                     fingerprint& made)
      : record_(record), plan_(plan), made_(made) {
  }

  void write(const text_print& text) {
    if (plan_.signatures_decide)
      add_links();
    add_titles();
    if (record_.company_key != 0)
      made_.company.block = key_of(family::company, record_.company_key);
    made_.title.block = key_of(family::title, title_key_);
    made_.company.known = made_.title.known = facts_of(
        record_, plan_.signatures_decide ? rule::seed : rule::location);
    made_.company.bands.resize(plan_.near.bands);
    made_.title.bands.resize(plan_.title.bands);
    // Two texts without 3-grams are alike: only company and title tell.
    if (text.shingles == 0)
      made_.company.marks.push_back(no_text);
    else
      add_bands(text.least);
    if (plan_.whole_company)
      made_.company.marks.push_back(whole_company);
    if (!plan_.signatures_decide)
      add_signatures();
    made_.company.marks.make_set();
    made_.links.make_set();
    made_.keys.make_set();
    made_.company.marks.resize(company_marks);
    made_.title.marks.resize(title_marks);
  }

private:
  void add_links() {
    for (auto signature : {record_.url_signature, record_.title_signature,
                           record_.text_signature})
      if (signature != 0)
        made_.links.push_back(key_of(family::signature, signature));
  }

  /// Signatures of title and text hold the company: they are marks there, and
  /// again with the place, for what a company offers in many.
  void add_signatures() {
    if (record_.twin != 0)
      made_.links.push_back(key_of(family::twin, record_.twin));
    if (record_.url_signature != 0)
      made_.keys.push_back(key_of(family::signature, record_.url_signature));
    auto& marks = made_.company.marks;
    for (auto signature : {record_.title_signature, record_.text_signature})
      if (signature != 0) {
        marks.push_back(lane_of(key_of(family::signature, signature)));
        marks.push_back(lane_of(
            key_of(family::signature, signature, record_.place.city + 1)));
      }
  }

  void add_bands(const sketch& least) {
    auto hash_rows = [&](band_shape shape, std::size_t band) {
      return XXH3_64bits(&least[band * shape.rows],
                         shape.rows * sizeof least.front());
    };
    for (std::size_t band = 0; band < plan_.far.bands; ++band)
      made_.keys.push_back(
          key_of(family::far, band, hash_rows(plan_.far, band)));
    for (std::size_t band = 0; band < plan_.near.bands; ++band)
      made_.company.bands[band] = lane_of(hash_rows(plan_.near, band));
    for (std::size_t band = 0; band < plan_.title.bands; ++band)
      made_.title.bands[band] = lane_of(hash_rows(plan_.title, band));
  }

  void add_titles() {
    const auto words = split_words(record_.core.text);
    std::vector<std::uint64_t> hashes;
    hashes.reserve(words.size());
    for (auto word : words)
      hashes.push_back(XXH3_64bits(word.data(), word.size()));
    std::sort(hashes.begin(), hashes.end());
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
    title_key_ = std::accumulate(hashes.begin(), hashes.end(), title_key_);
    if (record_.company.empty())
      return;
    made_.title.marks.push_back(lane_of(company_head()));
    auto& marks = made_.company.marks;
    marks.push_back(lane_of(title_key_));
    // Six marks may be there beside these.
    constexpr std::size_t most_words = company_marks - 7;
    if (hashes.size() >= 2 && hashes.size() <= most_words)
      for (auto hash : hashes)
        marks.push_back(lane_of(title_key_ - hash));
  }

  /// The first letters of a company: what a slip at its end leaves.
  std::uint64_t company_head() const {
    auto head = text::ascii_lower(record_.company.substr(0, 4));
    return XXH3_64bits(head.data(), head.size());
  }

  const evidence& record_;
  const candidate_plan& plan_;
  fingerprint& made_;
  /// Of the words of the title, in any order.
  std::uint64_t title_key_ = 0;
};

using eight = lane __attribute__((vector_size(16)));

using halves = std::uint64_t __attribute__((vector_size(16)));

eight eight_at(const void* from) {
  eight loaded;
  std::memcpy(&loaded, from, sizeof loaded);
  return loaded;
}

bool is_any(eight lanes) {
  return !block::are_zero(reinterpret_cast<block::bytes>(lanes));
}

template <std::size_t Marks>
bool share_mark(const lane* a, const lane* b) {
  static_assert(Marks % 8 == 0);
  eight shared{};
  for (std::size_t i = 0; i < Marks; ++i)
    // The same ones for all entries of a block: easily foretold.
    if (a[i] != 0)
      for (std::size_t k = 0; k < Marks; k += 8)
        shared |= reinterpret_cast<eight>(eight_at(b + k) == a[i]);
  return is_any(shared);
}

} // namespace

candidate_plan plan_candidates(double threshold, rule by) {
  candidate_plan plan;
  plan.signatures_decide = by == rule::seed;
  auto near = (threshold - 0.7) / 0.3;
  auto far = (threshold - 0.625) / 0.3;
  plan.near = near >= 0.45  ? band_shape{3, 24}
              : near >= 0.2 ? band_shape{2, 36}
                            : band_shape{1, 72};
  plan.title = far >= 0.7   ? band_shape{4, 18}
               : far >= 0.5 ? band_shape{3, 24}
                            : band_shape{2, 36};
  plan.far = far >= 0.7   ? band_shape{7, 3}
             : far >= 0.5 ? band_shape{6, 12}
                          : band_shape{4, 18};
  plan.whole_company = near < 0.05;
  return plan;
}

fingerprint fingerprint_of(const evidence& record, const text_print& text,
                           const candidate_plan& plan) {
  fingerprint made;
  fingerprint_writer(record, plan, made).write(text);
  return made;
}

bool share_lane(const lane* a, const lane* b, std::size_t bands,
                std::size_t marks) {
  eight shared{};
  std::size_t i = 0;
  for (; i + 8 <= bands; i += 8) {
    const auto own = eight_at(a + i);
    shared |= reinterpret_cast<eight>(own == eight_at(b + i)) & own;
  }
  lane last = 0;
  for (; i < bands; ++i)
    last |= a[i] == b[i] ? a[i] : lane{0};
  if (last != 0 || is_any(shared))
    return true;
  a += bands;
  b += bands;
  return marks == company_marks ? share_mark<company_marks>(a, b)
                                : a[0] != 0 && a[0] == b[0];
}

std::size_t first_alike(const facts& known, const facts* others,
                        std::size_t count) {
  static_assert(2 * sizeof(facts) == sizeof(eight));
  // A region says nothing without a city: left to `differ`.
  const eight own{known.country, 0, known.city, known.seniority,
                  known.country, 0, known.city, known.seniority};
  const auto is_known = own != 0;
  std::size_t i = 0;
  for (; i + 2 <= count; i += 2) {
    const auto two = eight_at(&others[i]);
    const auto apart =
        reinterpret_cast<halves>((own != two) & is_known & (two != 0));
    for (std::size_t k : {0u, 1u})
      if (apart[k] == 0 && !differ(known, others[i + k]))
        return i + k;
  }
  while (i < count && differ(known, others[i]))
    ++i;
  return i;
}

std::vector<std::uint64_t> lane_keys(const block_entry& entry) {
  std::vector<std::uint64_t> keys;
  for (std::size_t i = 0; i < entry.bands.size(); ++i)
    keys.push_back(entry.bands[i] == 0
                       ? 0
                       : key_of(family::band, entry.block, i, entry.bands[i]));
  for (auto mark : entry.marks)
    keys.push_back(mark == 0 ? 0 : key_of(family::mark, entry.block, mark));
  return keys;
}

std::vector<std::uint64_t> keys_of(const fingerprint& record) {
  std::vector<std::uint64_t> keys(record.keys.begin(), record.keys.end());
  for (const auto* entry : {&record.company, &record.title}) {
    if (entry->block == 0)
      continue;
    for (auto key : lane_keys(*entry))
      if (key != 0)
        keys.push_back(key);
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

} // namespace jobfarm::dedupe
