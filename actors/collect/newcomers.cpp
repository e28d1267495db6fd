#include "actors/collect/newcomers.hpp"

namespace jobfarm::collect {

newcomers::newcomers(const dedupe::candidate_plan& plan) : plan_(plan) {
}

const newcomers::newcomer& newcomers::of(const job_posting& posting) {
  const auto end = postings_.begin() + count_;
  const auto found = std::find(postings_.begin(), end, &posting);
  if (found != end)
    return made_[static_cast<std::size_t>(found - postings_.begin())];
  const auto& text = prints_.of(posting.description);
  alone_.made = std::make_shared<const dedupe::evidence>(
      dedupe::evidence_of(posting, text));
  alone_.print = dedupe::fingerprint_of(*alone_.made, text, plan_);
  return alone_;
}

void newcomers::clear() {
  count_ = 0;
  page_ = nullptr;
}

void newcomers::add(const job_posting& posting,
                    const dedupe::text_print* text) {
  postings_[count_] = &posting;
  if (text == nullptr)
    text = &(own_texts_[count_] = prints_.of(posting.description));
  texts_[count_] = text;
  ++count_;
}

void newcomers::read_all() {
  for (std::size_t i = 0; i < count_; ++i)
    made_[i].made = std::make_shared<const dedupe::evidence>(
        dedupe::evidence_of(*postings_[i], *texts_[i]));
  for (std::size_t i = 0; i < count_; ++i)
    made_[i].print = dedupe::fingerprint_of(*made_[i].made, *texts_[i], plan_);
}

} // namespace jobfarm::collect
