#include "actors/sources/indeed_posting.hpp"

#include "actors/sources/ascii.hpp"
#include "actors/sources/extra_writer.hpp"
#include "actors/sources/page_common.hpp"

namespace jobfarm::sources {

namespace {

std::string first_text(json_value from,
                       std::initializer_list<json_path> paths) {
  for (auto path : paths)
    if (auto text = text_at(from, path); !text.empty())
      return text;
  return {};
}

/// A bound of pay: -1 and 0 are none.
std::optional<double> bound_at(json_value from, json_path path) {
  auto bound = number_at(from, path);
  return bound && *bound > 0 ? bound : std::nullopt;
}

/// True if a figure is the site's guess by its own words.
bool is_guess(const std::string& salary_source) {
  return contains(ascii_lower(salary_source), "estimat");
}

std::string labels_of(json_value from, json_path path) {
  std::string line;
  for (auto item : items_at(from, path)) {
    auto label = text_of(item);
    if (label.empty())
      label = text_at(item, {"label"});
    if (!label.empty())
      line += (line.empty() ? "" : ", ") + label;
  }
  return line;
}

/// Labels of one group of `taxonomyAttributes`.
std::string group_labels(json_value card, std::string_view group) {
  for (auto one : items_at(card, {"taxonomyAttributes"}))
    if (text_at(one, {"label"}) == group)
      return labels_of(one, {"attributes"});
  return {};
}

/// `remoteLocation` is false even for hybrid work: only true says something.
void read_workplace(const std::string& model, std::optional<bool> is_remote,
                    raw_posting& raw, extra_writer& extra) {
  auto words = ascii_lower(model);
  if (contains(words, "hybrid"))
    extra.text("workplace_type", "hybrid");
  else if (contains(words, "always") || contains(words, "remote"))
    raw.remote = true;
  else if (is_remote == true)
    raw.remote = true;
}

std::string prediction(json_value from, json_path path,
                       const std::string& currency) {
  auto guess = value_at(from, path);
  return guess ? pay_range_json(bound_at(*guess, {"min"}),
                                bound_at(*guess, {"max"}), currency,
                                text_at(*guess, {"type"}))
               : std::string{};
}

void read_card_pay(json_value card, raw_posting& raw, extra_writer& extra) {
  auto currency = text_at(card, {"salarySnippet", "currency"});
  auto guess = prediction(card, {"estimatedSalary"}, currency);
  if (is_guess(text_at(card, {"salarySnippet", "source"}))) {
    if (guess.empty())
      guess = prediction(card, {"extractedSalary"}, currency);
  } else {
    raw.salary = text_at(card, {"salarySnippet", "text"});
    raw.salary_min = bound_at(card, {"extractedSalary", "min"});
    raw.salary_max = bound_at(card, {"extractedSalary", "max"});
    if (raw.salary_min || raw.salary_max || !raw.salary.empty())
      raw.salary_currency = currency;
    if (raw.salary_min || raw.salary_max)
      raw.salary_period = text_at(card, {"extractedSalary", "type"});
  }
  extra.raw("salary_predicted", guess);
}

void set_address(raw_posting& raw, const std::string& host) {
  raw.url = "https://" + host + "/viewjob?jk=" + raw.source_id;
}

/// Pay of a job page: the header's model, else the data query's.
void read_job_pay(json_value model, json_value job, raw_posting& raw,
                  extra_writer& extra) {
  auto currency = first_text(model, {{"salaryInfoModel", "salaryCurrency"}});
  if (is_guess(text_at(model, {"salaryInfoModel", "salarySource"}))) {
    extra.raw("salary_predicted",
              pay_range_json(
                  bound_at(model, {"salaryInfoModel", "salaryMin"}),
                  bound_at(model, {"salaryInfoModel", "salaryMax"}), currency,
                  text_at(model, {"salaryInfoModel", "salaryType"})));
    return;
  }
  raw.salary = text_at(model, {"salaryInfoModel", "salaryText"});
  raw.salary_min = bound_at(model, {"salaryInfoModel", "salaryMin"});
  raw.salary_max = bound_at(model, {"salaryInfoModel", "salaryMax"});
  raw.salary_period = text_at(model, {"salaryInfoModel", "salaryType"});
  raw.salary_currency = currency;
  if (raw.salary_min || raw.salary_max)
    return;
  raw.salary_min =
      bound_at(job, {"compensation", "baseSalary", "range", "min"});
  raw.salary_max =
      bound_at(job, {"compensation", "baseSalary", "range", "max"});
  if (raw.salary_min || raw.salary_max) {
    raw.salary_period =
        text_at(job, {"compensation", "baseSalary", "unitOfWork"});
    raw.salary_currency = text_at(job, {"compensation", "currencyCode"});
  }
}

/// Keys of the attributes that say where the work is done.
void read_attributes(json_value job, raw_posting& raw, extra_writer& extra) {
  std::vector<std::string> skills;
  std::string workplace;
  for (auto attribute : items_at(job, {"attributes"})) {
    auto label = text_at(attribute, {"label"});
    auto words = ascii_lower(label);
    if (text_at(attribute, {"key"}) == "DSQF7" || words == "remote"
        || contains(words, "hybrid"))
      workplace += words + ' ';
    else if (!label.empty())
      skills.push_back(std::move(label));
  }
  read_workplace(workplace, std::nullopt, raw, extra);
  extra.texts("attributes", skills);
}

void read_job_place(json_value job, raw_posting& raw, extra_writer& extra) {
  auto region =
      first_text(job, {{"location", "admin1Name"}, {"location", "admin1Code"}});
  auto address = address_json(text_at(job, {"location", "city"}), region,
                              text_at(job, {"location", "countryCode"}),
                              text_at(job, {"location", "postalCode"}));
  if (raw.location.empty())
    raw.location = first_text(job, {{"location", "formatted", "long"},
                                    {"location", "fullAddress"},
                                    {"location", "city"}});
  extra.raw("addresses", array_json({address}));
  extra.text("country", text_at(job, {"location", "countryCode"}));
}

} // namespace

expected<raw_posting> read_indeed_card(json_value card,
                                       const std::string& host) {
  raw_posting raw;
  raw.source = "indeed";
  raw.source_id = text_at(card, {"jobkey"});
  raw.title = first_text(card, {{"title"}, {"displayTitle"}});
  if (raw.source_id.empty() || raw.title.empty())
    return fail(errc::bad_payload, "card without key or title");
  if (flag_at(card, {"expired"}) == true)
    return fail(errc::not_found, "expired");
  raw.company = first_text(card, {{"company"}, {"truncatedCompany"}});
  raw.location = text_at(card, {"formattedLocation"});
  // createDate is the instant, pubDate the midnight before it.
  raw.posted = epoch_ms_text(number_at(card, {"createDate"}));
  if (raw.posted.empty())
    raw.posted = epoch_ms_text(number_at(card, {"pubDate"}));
  auto relative = text_at(card, {"formattedRelativeTime"});
  if (raw.posted.empty())
    raw.posted = relative;
  raw.description_html = text_at(card, {"snippet"});
  raw.employment_type = labels_of(card, {"jobTypes"});
  if (raw.employment_type.empty())
    raw.employment_type = group_labels(card, "job-types");
  set_address(raw, host);
  extra_writer extra;
  read_card_pay(card, raw, extra);
  auto workplace =
      text_at(card, {"remoteWorkModel", "type"}) + group_labels(card, "remote");
  read_workplace(workplace, flag_at(card, {"remoteLocation"}), raw, extra);
  auto address = address_json(text_at(card, {"jobLocationCity"}),
                              text_at(card, {"jobLocationState"}), {},
                              text_at(card, {"jobLocationPostal"}));
  extra.raw("addresses", array_json({address}));
  extra.text("posted_relative", relative);
  extra.flag("sponsored", flag_at(card, {"sponsored"}));
  extra.flag("description_is_excerpt", true);
  raw.extra = extra.finish();
  return raw;
}

expected<raw_posting> read_indeed_job(json_value model,
                                      const std::string& host) {
  auto results = items_at(
      model, {"hostQueryExecutionResult", "data", "jobData", "results"});
  auto info = value_at(model, {"jobInfoWrapperModel", "jobInfoModel"});
  std::optional<json_value> data;
  if (!results.empty())
    data = value_at(results.front(), {"job"});
  if (!info && !data)
    return fail(errc::schema_changed, "no job in the page's model");
  auto job = data.value_or(model);
  auto about = info.value_or(model);
  raw_posting raw;
  raw.source = "indeed";
  raw.source_id = text_at(job, {"key"});
  if (raw.source_id.empty())
    raw.source_id = text_at(model, {"jobKey"});
  raw.title = text_at(job, {"title"});
  if (raw.title.empty())
    raw.title = first_text(model, {{"jobTitle"}});
  if (raw.title.empty())
    raw.title = text_at(about, {"jobInfoHeaderModel", "jobTitle"});
  if (raw.source_id.empty() || raw.title.empty())
    return fail(errc::schema_changed, "job without key or title");
  raw.company = first_text(job, {{"employer", "name"}, {"sourceEmployerName"}});
  if (raw.company.empty())
    raw.company = text_at(about, {"jobInfoHeaderModel", "companyName"});
  raw.location = text_at(about, {"jobInfoHeaderModel", "formattedLocation"});
  raw.posted = epoch_ms_text(number_at(job, {"dateOnIndeed"}));
  if (raw.posted.empty())
    raw.posted = epoch_ms_text(number_at(job, {"datePublished"}));
  raw.description_html = text_at(job, {"description", "html"});
  if (raw.description_html.empty())
    raw.description_html = text_at(about, {"sanitizedJobDescription"});
  raw.employment_type = labels_of(job, {"jobTypes"});
  raw.application_url = text_at(job, {"url"});
  set_address(raw, host);
  extra_writer extra;
  read_job_pay(model, job, raw, extra);
  read_job_place(job, raw, extra);
  read_attributes(job, raw, extra);
  extra.text("requisition_id", text_at(job, {"refNum"}));
  extra.text("language", text_at(job, {"language"}));
  extra.flag("is_repost", flag_at(job, {"isRepost"}));
  raw.extra = extra.finish();
  return raw;
}

} // namespace jobfarm::sources
