#include "actors/sources/indeed_posting.hpp"

#include "actors/sources/ascii.hpp"
#include "actors/sources/extra_writer.hpp"
#include "actors/sources/page_common.hpp"

namespace jobfarm::sources {

namespace {

/// The first of several texts that is one.
std::string first_of(std::initializer_list<std::string> texts) {
  for (const auto& text : texts)
    if (!text.empty())
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
  auto currency = text_at(model, {"salaryInfoModel", "salaryCurrency"});
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
  auto region = first_of({text_at(job, {"location", "admin1Name"}),
                          text_at(job, {"location", "admin1Code"})});
  auto address = address_json(text_at(job, {"location", "city"}), region,
                              text_at(job, {"location", "countryCode"}),
                              text_at(job, {"location", "postalCode"}));
  if (raw.location.empty())
    raw.location = first_of({text_at(job, {"location", "formatted", "long"}),
                             text_at(job, {"location", "fullAddress"}),
                             text_at(job, {"location", "city"})});
  extra.raw("addresses", array_json({address}));
  extra.text("country", text_at(job, {"location", "countryCode"}));
}

/// The parts of a job page's model; each may be missing.
struct job_models {
  /// The whole model, the job of its data query, the model of its header.
  json_value page;
  json_value job;
  json_value about;
};

std::optional<job_models> find_models(json_value model) {
  auto results = items_at(
      model, {"hostQueryExecutionResult", "data", "jobData", "results"});
  auto about = value_at(model, {"jobInfoWrapperModel", "jobInfoModel"});
  std::optional<json_value> job;
  if (!results.empty())
    job = value_at(results.front(), {"job"});
  if (!about && !job)
    return std::nullopt;
  return job_models{model, job.value_or(model), about.value_or(model)};
}

void read_job_words(const job_models& models, raw_posting& raw) {
  auto header = [&](std::string_view name) {
    return text_at(models.about, {"jobInfoHeaderModel", name});
  };
  const auto& job = models.job;
  raw.source_id =
      first_of({text_at(job, {"key"}), text_at(models.page, {"jobKey"})});
  raw.title =
      first_of({text_at(job, {"title"}), text_at(models.page, {"jobTitle"}),
                header("jobTitle")});
  raw.company =
      first_of({text_at(job, {"employer", "name"}),
                text_at(job, {"sourceEmployerName"}), header("companyName")});
  raw.location = header("formattedLocation");
  raw.posted = first_of({epoch_ms_text(number_at(job, {"dateOnIndeed"})),
                         epoch_ms_text(number_at(job, {"datePublished"}))});
  raw.description_html =
      first_of({text_at(job, {"description", "html"}),
                text_at(models.about, {"sanitizedJobDescription"})});
  raw.employment_type = labels_of(job, {"jobTypes"});
  raw.application_url = text_at(job, {"url"});
}

} // namespace

expected<raw_posting> read_indeed_card(json_value card,
                                       const std::string& host) {
  raw_posting raw;
  raw.source = "indeed";
  raw.source_id = text_at(card, {"jobkey"});
  raw.title =
      first_of({text_at(card, {"title"}), text_at(card, {"displayTitle"})});
  if (raw.source_id.empty() || raw.title.empty())
    return fail(errc::bad_payload, "card without key or title");
  if (flag_at(card, {"expired"}) == true)
    return fail(errc::not_found, "expired");
  raw.company = first_of(
      {text_at(card, {"company"}), text_at(card, {"truncatedCompany"})});
  raw.location = text_at(card, {"formattedLocation"});
  auto relative = text_at(card, {"formattedRelativeTime"});
  // createDate is the instant, pubDate the midnight before it.
  raw.posted =
      first_of({epoch_ms_text(number_at(card, {"createDate"})),
                epoch_ms_text(number_at(card, {"pubDate"})), relative});
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
  auto models = find_models(model);
  if (!models)
    return fail(errc::schema_changed, "no job in the page's model");
  raw_posting raw;
  raw.source = "indeed";
  read_job_words(*models, raw);
  if (raw.source_id.empty() || raw.title.empty())
    return fail(errc::schema_changed, "job without key or title");
  set_address(raw, host);
  const auto& job = models->job;
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
