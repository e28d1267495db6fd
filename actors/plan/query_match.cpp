#include "actors/plan/query_match.hpp"

#include "actors/text/time.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <sstream>

namespace jobfarm::plan {

namespace {

bool contains_word(std::string_view text, std::string_view word) {
  auto is_letter = [&](std::size_t i) {
    auto c = static_cast<unsigned char>(text[i]);
    return c >= 0x80 || std::isalnum(c) != 0;
  };
  for (auto at = text.find(word); at != text.npos;
       at = text.find(word, at + 1)) {
    auto end = at + word.size();
    // A longer word that begins with it counts: "manager", "managers".
    if (at == 0 || !is_letter(at - 1))
      return end <= text.size();
  }
  return false;
}

} // namespace

query_match::query_match(const job_query& query, std::int64_t as_of,
                         const normalize::gazetteer* world)
    : query_(query), as_of_(as_of) {
  std::istringstream words(text::fold_ascii(query.text));
  for (std::string word; words >> word;)
    words_.push_back(word);
  for (const auto& company : query.companies)
    companies_.insert(text::fold_ascii(company));
  for (const auto& place : query.locations)
    places_.emplace_back(place, world);
}

bool query_match::operator()(const job_posting& posting) const {
  return (!query_.remote_only || posting.remote == work_mode::remote)
         && is_recent(posting) && pays_enough(posting)
         && is_of_company(posting) && is_at_place(posting)
         && has_words(posting);
}

bool query_match::is_selective() const {
  return query_.remote_only || query_.salary_min || query_.posted_within_s
         || !words_.empty() || !companies_.empty() || !places_.empty();
}

bool query_match::is_of_company(const job_posting& posting) const {
  auto is_named = [&](const std::string& have) {
    return companies_.count(text::fold_ascii(have)) > 0;
  };
  return companies_.empty() || is_named(posting.company)
         || is_named(posting.company_normalized) || is_named(posting.board);
}

/// Every word in the title, or in title, role, department, tags and skills
/// together.
bool query_match::has_words(const job_posting& posting) const {
  if (words_.empty())
    return true;
  auto text = posting.title + ' ' + posting.title_normalized + ' '
              + posting.role_family + ' ' + posting.department;
  std::replace(text.begin(), text.end(), '_', ' ');
  for (const auto* list : {&posting.tags, &posting.skills})
    for (const auto& one : *list)
      text += ' ' + one;
  auto folded = text::fold_ascii(text);
  return std::all_of(words_.begin(), words_.end(), [&](const auto& word) {
    return contains_word(folded, word);
  });
}

bool query_match::is_at_place(const job_posting& posting) const {
  return places_.empty()
         || std::any_of(places_.begin(), places_.end(), [&](const auto& wanted) {
              return wanted.is_of(posting);
            });
}

bool query_match::pays_enough(const job_posting& posting) const {
  if (!query_.salary_min)
    return true;
  // Without a currency the figure is compared as it stands, per year in USD.
  auto same_currency = posting.salary_currency == query_.salary_currency
                       && posting.salary_period == "year";
  auto most = same_currency ? (posting.salary_max ? posting.salary_max
                                                  : posting.salary_min)
              : posting.salary_usd_max ? posting.salary_usd_max
                                       : posting.salary_usd_min;
  return !most || *most >= *query_.salary_min;
}

bool query_match::is_recent(const job_posting& posting) const {
  if (!query_.posted_within_s)
    return true;
  auto posted = text::parse_utc(posting.posted_at);
  return !posted || *posted >= as_of_ - *query_.posted_within_s;
}

} // namespace jobfarm::plan
