#include "cli/query_options.hpp"

#include "actors/random_id.hpp"
#include "cli/console.hpp"
#include "cli/farm_setup.hpp"
#include "cli/option_checks.hpp"
#include "cli/places.hpp"
#include "cli/profile.hpp"

#include <cctype>

namespace jobfarm::cli {

namespace {

void read_filters(const settings& given, job_query& query) {
  query.locations = given.names("location");
  query.remote_only = given.flag("remote");
  query.salary_min = given.number("salary-min");
  query.salary_currency = given.text("currency");
  for (auto& c : query.salary_currency)
    c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (auto within = given.duration("posted-within"))
    query.posted_within_s = within->count();
}

/// Without this a misspelt place looks like one without jobs.
void tell_unknown_places(const settings& given, const job_query& query) {
  for (const auto& name : unknown_places(given, query.locations))
    complain("--location \"" + name
             + "\": no place, region or scope is known by this name; only "
               "postings that say it by the letter are found");
}

} // namespace

expected<job_query> read_query(const settings& given) {
  job_query query;
  if (!given.operands.empty())
    query.text = given.operands[0];
  read_filters(given, query);
  query.sources = given.list("sources");
  tell_unknown_places(given, query);
  query.companies = given.names("company");
  query.level = *from_string<enrich_level>(given.text("enrich"));
  query.limit = given.count("limit").value_or(0);
  if (auto timeout = given.duration("timeout"))
    query.timeout_s = timeout->count();
  auto boards = boards_of(given);
  if (!boards)
    return boards.error();
  query.boards = *std::move(boards);
  query.query_id = random_id();
  return query;
}

expected<enrich::profile> profile_of(const settings& given,
                                     const job_query& query) {
  if (given.has("profile"))
    return read_profile(given, given.text("profile"));
  enrich::profile wanted;
  wanted.text = query.text;
  auto places = wanted_places(given, query.locations);
  if (!places)
    return places.error();
  wanted.locations = *std::move(places);
  wanted.remote_only = query.remote_only;
  if (query.salary_currency.empty() || query.salary_currency == "USD")
    wanted.salary_usd_min = query.salary_min;
  return wanted;
}

std::vector<option> with_query_options(std::vector<option> own) {
  std::vector<option> all = {
      {"location", value_kind::list, "PLACE",
       "city, state, country, region (\"Western Europe\") or scope (EMEA)"},
      {"remote", value_kind::flag, "", "only jobs that are fully remote"},
      {"salary-min", value_kind::number, "N",
       "leave out what pays less a year"},
      {"currency", value_kind::text, "CODE", "currency of --salary-min", "",
       false, currency_code},
      {"posted-within", value_kind::duration, "TIME", "7d, 24h ...", "", false,
       duration_with_unit},
      {"sources", value_kind::list, "A,B", "ask these, also those that are off",
       "", false, source_list},
      {"boards", value_kind::file, "FILE", "CSV: ats,token,company"},
      {"company", value_kind::list, "NAME",
       "only jobs of this company, by its name or board token"},
      {"enrich", value_kind::text, "LEVEL", "none or basic", "basic", false,
       [](const option& opt, std::string_view value) {
         return one_of(opt, value, {"none", "basic"});
       }},
      {"timeout", value_kind::duration, "TIME", "end as partial after this"},
      {"limit", value_kind::count, "N", "end after N jobs", "0"},
      {"boards-url", value_kind::text, "URL",
       "ask a simulator or mirror at URL/SOURCE instead of the sources", "",
       false, web_address},
  };
  all.insert(all.end(), own.begin(), own.end());
  return all;
}

} // namespace jobfarm::cli
