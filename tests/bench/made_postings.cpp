#include "tests/bench/made_postings.hpp"

#include "actors/normalize/company.hpp"
#include "actors/normalize/title.hpp"
#include "actors/text/hash.hpp"
#include "actors/text/html.hpp"

namespace jobfarm::bench {

namespace {

constexpr std::uint64_t seed = 42;
constexpr std::uint64_t copies_percent = 12;

} // namespace

made_postings::made_postings(std::uint64_t count)
    : jobs_(seed, count), originals_(count - count * copies_percent / 100) {
}

job_posting made_postings::at(std::uint64_t number) const {
  const auto job_number =
      number < originals_ ? number : (number * 7919) % originals_;
  auto job = jobs_.job_of({number, job_number, {}});
  job_posting made;
  made.source = number == job_number ? "greenhouse" : "indeed";
  made.source_id = std::to_string(number);
  made.board = jobs_.board_of(number).board.token;
  made.id = text::hash_hex(made.source + made.source_id);
  made.url = "https://" + made.source + ".example/jobs/" + made.source_id;
  made.title = job.title;
  made.title_normalized = normalize::normalize_title(job.title);
  made.seniority = normalize::seniority_of(made.title_normalized);
  made.company = job.company;
  made.company_normalized = normalize::normalize_company(job.company);
  made.location = job.place.display;
  made.city = job.place.city;
  made.country = job.place.country;
  made.description = text::html_to_text(job.description);
  made.first_seen = made.last_seen = "2026-11-20T08:00:00Z";
  made.sightings = {
      {made.source, made.source_id, made.url, made.location, made.first_seen}};
  return made;
}

} // namespace jobfarm::bench
