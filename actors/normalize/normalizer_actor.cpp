#include "actors/normalize/normalizer_actor.hpp"

namespace jobfarm {

normal_batch normalize_all(const normalize::normalizer& rules,
                           std::vector<raw_posting>& postings) {
  auto begin = std::chrono::steady_clock::now();
  normal_batch done;
  auto made = rules.normalize_all(postings);
  done.postings = std::move(made.postings);
  for (auto& misfit : made.misfits) {
    auto& raw = postings[misfit.index];
    done.rejections.push_back({std::move(raw.source), std::move(raw.source_id),
                               std::move(raw.board), std::move(raw.url),
                               std::move(misfit.why.detail)});
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
