#pragma once

#include "actors/text/hash.hpp"
#include "messages/posting.hpp"

#include <random>
#include <string>
#include <utility>
#include <vector>

/// Made-up postings with copies planted among them, the same for a seed.
namespace jobfarm::test {

struct planted {
  std::vector<job_posting> postings;
  /// Indexes of an original and its copy.
  std::vector<std::pair<std::size_t, std::size_t>> copies;
};

class planter {
public:
  /// With `companies` there are that many, else twenty; texts have 60 to 200
  /// words, times `length`.
  explicit planter(unsigned seed, std::size_t companies = 0,
                   std::size_t length = 1)
      : random_(seed), companies_(companies), length_(length) {
    for (int i = 0; i < 900; ++i)
      words_.push_back(made_up_word());
  }

  /// `count` postings; every fourth is copied, a fifth of the copies is edited
  /// heavily.
  planted plant(std::size_t count) {
    planted made;
    while (made.postings.size() < count) {
      auto original = posting("boarda");
      made.postings.push_back(original);
      if (below(4) != 0 || made.postings.size() == count)
        continue;
      made.copies.emplace_back(made.postings.size() - 1, made.postings.size());
      made.postings.push_back(copy_of(original));
    }
    return made;
  }

private:
  std::size_t below(std::size_t bound) {
    return random_() % bound;
  }
  template <std::size_t N>
  const char* pick(const char* const (&from)[N]) {
    return from[below(N)];
  }

  std::string made_up_word() {
    std::string word;
    for (auto i = 1 + below(4); i > 0; --i) {
      word += "bcdfghklmnprst"[below(14)];
      word += "aeiou"[below(5)];
    }
    return word;
  }

  std::string made_up_company() {
    auto number = below(companies_);
    auto name = words_[number % words_.size()] + words_[number * 7 % 300];
    name[0] = static_cast<char>(name[0] - 32);
    return name + " Works";
  }

  std::vector<std::string> text() {
    std::vector<std::string> all;
    for (auto i = length_ * (60 + below(140)); i > 0; --i)
      all.push_back(words_[below(words_.size())]);
    return all;
  }

  static std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const auto& one : words)
      all += (all.empty() ? "" : " ") + one;
    return all;
  }

  void name(job_posting& one, const char* source) {
    one.source = source;
    one.source_id = std::to_string(++number_);
    one.id = text::hash_hex(one.source + one.source_id);
    one.url = "https://" + one.source + ".example/jobs/" + one.source_id;
    one.first_seen = one.last_seen = "2026-11-20T08:00:00Z";
    one.sightings = {{one.source, one.source_id, one.url, one.city, ""}};
  }

  static void fold_title(job_posting& one) {
    one.title_normalized.clear();
    for (char c : one.title)
      if (c != ',')
        one.title_normalized +=
            c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }

  job_posting posting(const char* source) {
    constexpr const char* levels[] = {"", "", "Senior ", "Junior ", "Staff "};
    constexpr const char* roles[] = {
        "Software Engineer", "Data Analyst",    "Product Manager",
        "Program Manager",   "QA Engineer",     "Nurse",
        "Accountant",        "Sales Executive", "Security Analyst"};
    constexpr const char* areas[] = {"Payments", "Search",  "Billing",
                                     "Identity", "Mobile",  "Cloud",
                                     "Storage",  "Platform"};
    constexpr const char* cities[] = {"Berlin", "Paris", "Austin", "Zurich"};
    constexpr const char* heads[] = {"Acme", "Globex", "Initech", "Hooli"};
    constexpr const char* tails[] = {"Labs", "Systems", "Foods", "Energy",
                                     "Media"};
    job_posting one;
    one.title = std::string{pick(levels)} + pick(roles) + ", " + pick(areas);
    fold_title(one);
    one.company = companies_ == 0 ? std::string{pick(heads)} + ' ' + pick(tails)
                                  : made_up_company();
    one.company_normalized = one.company;
    for (auto& c : one.company_normalized)
      if (c >= 'A' && c <= 'Z')
        c = static_cast<char>(c + 32);
    one.city = one.location = pick(cities);
    one.description = joined(text_ = text());
    name(one, source);
    return one;
  }

  /// Of the posting that was made last.
  job_posting copy_of(job_posting one) {
    auto words = text_;
    auto is_heavy = below(5) == 0;
    auto edits = words.size() * (is_heavy ? 4 + below(5) : below(2)) / 100;
    for (; edits > 0; --edits)
      words[below(words.size())] = words_[below(words_.size())];
    one.description = joined(words);
    switch (below(5)) {
      case 0: one.title += " (Remote)"; break;
      case 1: one.company += " Inc."; break;
      default: break;
    }
    fold_title(one);
    name(one, "boardb");
    return one;
  }

  std::mt19937 random_;
  std::size_t companies_;
  std::size_t length_;
  std::vector<std::string> words_;
  std::vector<std::string> text_;
  std::size_t number_ = 0;
};

} // namespace jobfarm::test
