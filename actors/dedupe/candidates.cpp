#include "actors/dedupe/candidates.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <xxhash.h>

namespace jobfarm::dedupe {

namespace {

constexpr std::size_t hash_count = 72;
using min_hashes = std::array<std::uint32_t, hash_count>;

struct multipliers {
  std::array<std::uint64_t, hash_count> factor;
  std::array<std::uint64_t, hash_count> addend;

  multipliers() {
    for (std::uint64_t i = 0; i < hash_count; ++i) {
      factor[i] = XXH3_64bits_withSeed(&i, sizeof i, 1) | 1;
      addend[i] = XXH3_64bits_withSeed(&i, sizeof i, 2);
    }
  }
};

/// Multiply-add-shift over XXH3 hashes (Dietzfelbinger et al. 1997).
min_hashes min_hashes_of(const shingle_set& shingles) {
  static const multipliers by;
  min_hashes least;
  least.fill(~std::uint32_t{0});
  for (auto shingle : shingles)
    for (std::size_t i = 0; i < hash_count; ++i)
      least[i] = std::min(least[i],
                          static_cast<std::uint32_t>(
                              (shingle * by.factor[i] + by.addend[i]) >> 32));
  return least;
}

/// Names of key families, hashed into each key.
enum class family : std::uint64_t {
  near = 1,
  far,
  like_title,
  title,
  head,
  text_free,
  company,
  signature
};

std::uint64_t key_of(family kind, std::uint64_t a, std::uint64_t b,
                     std::uint64_t c) {
  const std::uint64_t parts[] = {static_cast<std::uint64_t>(kind), a, b, c};
  return XXH3_64bits(parts, sizeof parts);
}

class key_writer {
public:
  key_writer(const evidence& record, const candidate_plan& plan)
      : record_(record), plan_(plan) {
  }

  std::vector<std::uint64_t> write(const shingle_set& shingles) {
    add_signatures();
    add_titles();
    if (shingles.empty())
      add_text_free();
    else
      add_bands(min_hashes_of(shingles));
    if (plan_.whole_company && record_.company_key != 0)
      add(family::company, record_.company_key, 0, 0);
    std::sort(keys_.begin(), keys_.end());
    keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
    return std::move(keys_);
  }

private:
  void add(family kind, std::uint64_t a, std::uint64_t b, std::uint64_t c) {
    keys_.push_back(key_of(kind, a, b, c));
  }

  void add_signatures() {
    for (auto signature : {record_.url_signature, record_.title_signature,
                           record_.text_signature})
      if (signature != 0)
        add(family::signature, signature, 0, 0);
  }

  void add_bands(const min_hashes& least) {
    for (std::size_t band = 0; band < plan_.far.bands; ++band)
      add(family::far, band, hash_rows(least, plan_.far, band), 0);
    for (std::size_t band = 0; band < plan_.title.bands; ++band)
      add(family::like_title, band, hash_rows(least, plan_.title, band),
          title_key_);
    if (record_.company_key == 0)
      return;
    for (std::size_t band = 0; band < plan_.near.bands; ++band)
      add(family::near, band, hash_rows(least, plan_.near, band),
          record_.company_key);
  }

  static std::uint64_t hash_rows(const min_hashes& least, band_shape shape,
                                 std::size_t band) {
    return XXH3_64bits(&least[band * shape.rows],
                       shape.rows * sizeof least.front());
  }

  /// Two texts without 3-grams are alike: only company and title tell.
  void add_text_free() {
    if (record_.company_key != 0)
      add(family::text_free, record_.company_key, 0, 0);
  }

  void add_titles() {
    auto words = split_words(record_.core.text);
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    std::uint64_t sum = 0;
    std::vector<std::uint64_t> hashes;
    for (auto word : words) {
      hashes.push_back(XXH3_64bits(word.data(), word.size()));
      sum += hashes.back();
    }
    title_key_ = sum;
    if (record_.company.empty())
      return;
    add(family::title, record_.company_key, sum, 0);
    add(family::head, company_head(), sum, 0);
    constexpr std::size_t most_words = 10;
    if (hashes.size() >= 2 && hashes.size() <= most_words)
      for (auto hash : hashes)
        add(family::title, record_.company_key, sum - hash, 0);
  }

  /// The first letters of a company: what a slip at its end leaves.
  std::uint64_t company_head() const {
    std::string head = record_.company.substr(0, 4);
    for (auto& c : head)
      if (c >= 'A' && c <= 'Z')
        c = static_cast<char>(c + 32);
    return XXH3_64bits(head.data(), head.size());
  }

  const evidence& record_;
  const candidate_plan& plan_;
  std::vector<std::uint64_t> keys_;
  /// Of the words of the title, in any order.
  std::uint64_t title_key_ = 0;
};

} // namespace

candidate_plan plan_candidates(double threshold) {
  candidate_plan plan;
  auto near = (threshold - 0.7) / 0.3;
  auto far = (threshold - 0.625) / 0.3;
  plan.near = near >= 0.45  ? band_shape{3, 24}
              : near >= 0.2 ? band_shape{2, 36}
                            : band_shape{1, 72};
  plan.title = far >= 0.7   ? band_shape{4, 18}
               : far >= 0.5 ? band_shape{3, 24}
                            : band_shape{2, 36};
  plan.far = far >= 0.7   ? band_shape{8, 9}
             : far >= 0.5 ? band_shape{6, 12}
                          : band_shape{4, 18};
  plan.whole_company = near < 0.05;
  return plan;
}

std::vector<std::uint64_t> candidate_keys(const evidence& record,
                                          const shingle_set& shingles,
                                          const candidate_plan& plan) {
  return key_writer(record, plan).write(shingles);
}

} // namespace jobfarm::dedupe
