#include "actors/normalize/normalizer_actor.hpp"

#include "actors/dedupe/description_reader.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace jobfarm {

normal_batch normalize_all(const normalize::normalizer& rules,
                           raw_batch& batch) {
  auto begin = std::chrono::steady_clock::now();
  normal_batch done;
  dedupe::description_reader reader;
  normalize::text_visitor print;
  if (batch.wants_prints) {
    done.prints.resize(batch.postings.size());
    print = [&](std::size_t posting, std::size_t first,
                const text::folded_text& text) {
      done.prints[posting] = posting == first
                                 ? dedupe::print_of(reader.read(text))
                                 : done.prints[first];
    };
  }
  auto made = rules.normalize_all(batch.postings, print);
  done.prints.resize(std::min(done.prints.size(), made.postings.size()));
  done.postings = std::move(made.postings);
  for (auto& misfit : made.misfits) {
    auto& raw = batch.postings[misfit.index];
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
        return normalize_all(*rules, batch);
      },
  };
}

} // namespace jobfarm
