#include "actors/normalize/normalizer_actor.hpp"

namespace jobfarm {

normal_batch normalize_all(const normalize::normalizer& rules,
                           std::vector<raw_posting>& postings) {
  auto begin = std::chrono::steady_clock::now();
  normal_batch done;
  done.postings.reserve(postings.size());
  auto next = postings.begin();
  for (auto& posting : rules.normalize_all(postings)) {
    const auto& raw = *next++;
    if (posting)
      done.postings.push_back(*std::move(posting));
    else
      done.rejections.push_back({raw.source, raw.source_id, raw.board, raw.url,
                                 posting.error().detail});
  }
  done.normalize_us = std::chrono::duration_cast<std::chrono::microseconds>(
                          std::chrono::steady_clock::now() - begin)
                          .count();
  return done;
}

normalizer_actor::behavior_type
normalizer(normalizer_actor::stateful_pointer<normalizer_state>,
           std::shared_ptr<const normalize::normalizer> rules) {
  return {
      [rules = std::move(rules)](raw_batch& batch) {
        return normalize_all(*rules, batch.postings);
      },
  };
}

} // namespace jobfarm
