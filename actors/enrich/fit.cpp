#include "actors/enrich/fit.hpp"

#include "actors/enrich/terms.hpp"
#include "actors/text/time.hpp"
#include "actors/text/utf8.hpp"
#include "messages/json_writer.hpp"

#include <algorithm>
#include <cmath>

namespace jobfarm::enrich {

namespace {

/// BM25F constants in their usual range; a hit in the title weighs most.
constexpr double k1 = 1.2;
constexpr double b = 0.75;
constexpr double field_weights[] = {5.0, 2.0, 1.0};

/// Shares of the parts in the score; those not asked for drop out.
constexpr double text_weight = 0.6;
constexpr double recency_weight = 0.15;
constexpr double location_weight = 0.15;
constexpr double salary_weight = 0.1;

/// Days after which recency has fallen to 1/e.
constexpr double recency_days = 30;

/// What a posting does not say counts neither for nor against it.
constexpr double neutral = 0.5;

std::optional<double> recency_part(const job_posting& posting,
                                   std::int64_t as_of) {
  auto posted = text::parse_utc(posting.posted_at);
  if (!posted)
    return std::nullopt;
  auto days = std::max(0.0, static_cast<double>(as_of - *posted) / 86400);
  return std::exp(-days / recency_days);
}

/// 1 from the wanted pay upwards, falling to 0 at half of it.
std::optional<double> salary_part(double wanted, const job_posting& posting) {
  auto offered =
      posting.salary_usd_max ? posting.salary_usd_max : posting.salary_usd_min;
  if (!offered || wanted <= 0)
    return std::nullopt;
  return std::clamp(2 * (*offered / wanted) - 1, 0.0, 1.0);
}

constexpr std::string_view text_sources =
    R"("title","skills","tags","description")";

/// Adds up weighted parts and writes them down.
class part_sum {
public:
  explicit part_sum(std::string& out) : parts_(out) {
  }
  /// `sources` are the posting's fields that the part is read from, as JSON.
  void add(std::string_view name, double weight, std::optional<double> value,
           std::string_view sources) {
    if (value) {
      parts_.member(name, std::round(*value * 1e4) / 1e4);
      known_weights_ += weight;
      sources_.append(sources_.empty() ? "" : ",").append(sources);
    } else {
      parts_.null(name);
    }
    sum_ += weight * value.value_or(neutral);
    weights_ += weight;
  }
  /// Ends with how the sum came about; its confidence is the share of it that
  /// the posting says something about.
  std::optional<double> close() {
    auto share = weights_ > 0 ? known_weights_ / weights_ : 0;
    parts_.member("method", "rules")
        .member("confidence", std::round(share * 1e4) / 1e4)
        .raw("sources", '[' + sources_ + ']');
    parts_.close();
    if (weights_ <= 0)
      return std::nullopt;
    return std::round(sum_ / weights_ * 1e4) / 1e4;
  }

private:
  json::object_writer parts_;
  double sum_ = 0;
  double weights_ = 0;
  double known_weights_ = 0;
  std::string sources_;
};

} // namespace

std::optional<double> location_part(const profile& wanted,
                                    const job_posting& posting) {
  if (wanted.remote_only && posting.remote != work_mode::unknown
      && posting.remote != work_mode::remote)
    return 0.0;
  if (wanted.locations.empty())
    return posting.remote == work_mode::remote ? std::optional<double>{1.0}
                                               : std::nullopt;
  if (std::any_of(wanted.locations.begin(), wanted.locations.end(),
                  [&](const auto& one) { return one.is_of(posting); }))
    return 1.0;
  if (posting.remote == work_mode::remote
      && (posting.location_scope.empty()
          || posting.location_scope == "worldwide"))
    return 1.0;
  return posting.country.empty() ? std::nullopt : std::optional<double>{0.0};
}

fit_model::fit_model(profile wanted)
    : wanted_(std::move(wanted)),
      terms_(query_terms(wanted_.text)),
      documents_with_(terms_.size()) {
}

fit_model::term_counts fit_model::count(const job_posting& posting) const {
  term_counts counts;
  counts.found.resize(terms_.size());
  auto add = [&](std::size_t field, std::string_view text) {
    for_each_term(text, [&](std::string_view word) {
      ++counts.length[field];
      auto term = std::find(terms_.begin(), terms_.end(), word);
      if (term != terms_.end())
        ++counts.found[static_cast<std::size_t>(term - terms_.begin())][field];
    });
  };
  add(0, posting.title_normalized.empty() ? posting.title
                                          : posting.title_normalized);
  for (const auto& skill : posting.skills)
    add(1, skill);
  for (const auto& tag : posting.tags)
    add(1, tag);
  add(2, posting.description);
  return counts;
}

void fit_model::observe(const job_posting& posting) {
  if (terms_.empty())
    return;
  auto counts = count(posting);
  ++documents_;
  for (std::size_t field = 0; field < fields; ++field)
    total_length_[field] += counts.length[field];
  for (std::size_t term = 0; term < terms_.size(); ++term) {
    const auto& found = counts.found[term];
    documents_with_[term] +=
        std::any_of(found.begin(), found.end(), [](auto n) { return n > 0; });
  }
}

double fit_model::idf(std::size_t term) const {
  auto with = static_cast<double>(documents_with_[term]);
  auto all = static_cast<double>(documents_);
  return std::log(1 + (all - with + 0.5) / (with + 0.5));
}

double fit_model::text_part(const term_counts& counts) const {
  double reached = 0;
  double possible = 0;
  for (std::size_t term = 0; term < terms_.size(); ++term) {
    double weight = 0;
    for (std::size_t field = 0; field < fields; ++field) {
      auto mean = static_cast<double>(total_length_[field])
                  / std::max<double>(1, static_cast<double>(documents_));
      auto norm =
          1 - b
          + b * static_cast<double>(counts.length[field]) / std::max(1.0, mean);
      weight += field_weights[field]
                * static_cast<double>(counts.found[term][field]) / norm;
    }
    // A term in every posting still tells a little.
    auto importance = std::max(idf(term), 0.1);
    reached += importance * weight / (k1 + weight);
    possible += importance;
  }
  return possible > 0 ? reached / possible : 0;
}

enrichment fit_model::score(const job_posting& posting,
                            std::int64_t as_of) const {
  enrichment made;
  made.level = "basic";
  made.method = "rules";
  auto asks_location = wanted_.remote_only || !wanted_.locations.empty();
  if (terms_.empty() && !asks_location && !wanted_.salary_usd_min)
    return made;
  part_sum sum(made.ml_score_parts.text);
  if (!terms_.empty()) {
    auto counts = count(posting);
    sum.add("text", text_weight, text_part(counts), text_sources);
    for (std::size_t term = 0; term < terms_.size(); ++term)
      if (counts.found[term] != decltype(counts.found)::value_type{})
        made.keyword_matches.push_back(terms_[term]);
  }
  sum.add("recency", recency_weight, recency_part(posting, as_of),
          R"("posted_at")");
  if (asks_location)
    sum.add("location", location_weight, location_part(wanted_, posting),
            R"("locations","location_scope","remote")");
  if (wanted_.salary_usd_min)
    sum.add("salary", salary_weight,
            salary_part(*wanted_.salary_usd_min, posting),
            R"("salary_usd_min","salary_usd_max")");
  made.ml_score = sum.close();
  return made;
}

} // namespace jobfarm::enrich
