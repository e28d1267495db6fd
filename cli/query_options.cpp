#include "cli/query_options.hpp"

#include "actors/normalize/fx.hpp"
#include "actors/sources/source.hpp"
#include "cli/console.hpp"
#include "cli/farm_setup.hpp"
#include "cli/places.hpp"
#include "cli/profile.hpp"

#include <cctype>

namespace jobfarm::cli {

namespace {

expected<void> read_filters(const settings& given, job_query& query) {
  query.locations = given.names("location");
  query.remote_only = given.flag("remote");
  query.salary_min = given.number("salary-min");
  query.salary_currency = given.text("currency");
  for (auto& c : query.salary_currency)
    c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (!query.salary_currency.empty()
      && !normalize::is_currency(query.salary_currency))
    return usage("--currency takes a code such as USD or EUR, not \""
                 + given.text("currency") + '"');
  if (auto within = given.duration("posted-within"))
    query.posted_within_s = within->count();
  return {};
}

expected<void> read_sources(const settings& given, job_query& query) {
  query.sources = given.list("sources");
  for (const auto& name : query.sources) {
    if (sources::find_source(name))
      continue;
    std::vector<std::string_view> names;
    for (const auto* one : sources::all_sources())
      names.push_back(one->traits.name);
    auto hint = nearest(name, names);
    return usage("unknown source \"" + name + '"'
                 + (hint ? "; did you mean " + std::string{*hint} + '?'
                         : "; jobfarm sources lists them"));
  }
  return {};
}

} // namespace

expected<job_query> read_query(const settings& given) {
  job_query query;
  if (!given.operands.empty())
    query.text = given.operands[0];
  if (auto good = read_filters(given, query); !good)
    return good.error();
  if (auto good = read_sources(given, query); !good)
    return good.error();
  query.companies = given.names("company");
  auto level = from_string<enrich_level>(given.text("enrich"));
  if (!level || *level > enrich_level::basic)
    return usage("--enrich takes none or basic, not \"" + given.text("enrich")
                 + '"');
  query.level = *level;
  query.limit = given.count("limit").value_or(0);
  if (auto timeout = given.duration("timeout"))
    query.timeout_s = timeout->count();
  auto boards = boards_of(given);
  if (!boards)
    return boards.error();
  query.boards = *std::move(boards);
  query.query_id = new_query_id();
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
      {"location", value_kind::list, "PLACE", "city, region or country"},
      {"remote", value_kind::flag, "", "only jobs that are fully remote"},
      {"salary-min", value_kind::number, "N",
       "leave out what pays less a year"},
      {"currency", value_kind::text, "CODE", "currency of --salary-min", ""},
      {"posted-within", value_kind::duration, "TIME", "7d, 24h ..."},
      {"sources", value_kind::list, "A,B",
       "ask these, also those that are off"},
      {"boards", value_kind::file, "FILE", "CSV: ats,token,company"},
      {"company", value_kind::list, "NAME", "only jobs of this company, by its name or board token"},
      {"enrich", value_kind::text, "LEVEL", "none or basic", "basic"},
      {"timeout", value_kind::duration, "TIME", "end as partial after this"},
      {"limit", value_kind::count, "N", "end after N jobs", "0"},
      {"boards-url", value_kind::text, "URL",
       "ask a simulator or mirror at URL/SOURCE instead of the sources"},
  };
  all.insert(all.end(), own.begin(), own.end());
  return all;
}

} // namespace jobfarm::cli
