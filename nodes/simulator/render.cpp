#include "nodes/simulator/render.hpp"

#include "actors/text/time.hpp"
#include "messages/json_writer.hpp"

#include <algorithm>
#include <charconv>

namespace jobfarm::simulator_world {

namespace {

using json::object_writer;

constexpr std::int64_t day_s = 86'400;

/// A posting with its job, as the renderers need it.
struct shown {
  posting id;
  job what;
  std::string url;
  std::int64_t posted = 0;
};

class renderer {
public:
  renderer(const world& of, const question& asked, const board_plan& on)
      : of_(of), asked_(asked), on_(on) {
  }

  shown show(std::uint64_t index) const {
    shown one;
    one.id = of_.posting_at(on_, index);
    one.what = of_.job_of(one.id);
    one.url = public_url(of_, on_, one.id, asked_.self);
    auto today = asked_.now - asked_.now % day_s;
    one.posted = today - one.what.age_days * day_s;
    return one;
  }

  /// Joins the items of `[first, first + count)` into a JSON array.
  template <class Item>
  std::string array(std::uint64_t first, std::uint64_t count, Item item) const {
    std::string out = "[";
    for (auto i = first; i < first + count; ++i) {
      if (out.size() > 1)
        out += ',';
      item(out, show(i));
    }
    return out + ']';
  }

  const world& of_;
  const question& asked_;
  const board_plan& on_;
};

std::string escaped_html(std::string_view html) {
  std::string out;
  out.reserve(html.size() * 5 / 4);
  for (char c : html)
    switch (c) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  return out;
}

page full(std::string body, const board_plan& on, std::uint64_t first,
          std::uint64_t count) {
  page made;
  made.body = std::move(body);
  made.on = &on;
  made.first = first;
  made.count = count;
  return made;
}

page missing(std::string body, std::string type = "application/json") {
  page made;
  made.status = 404;
  made.body = std::move(body);
  made.content_type = std::move(type);
  return made;
}

std::string last_segment(std::string_view path) {
  return std::string{path.substr(path.rfind('/') + 1)};
}

// -- boards -------------------------------------------------------------------

void greenhouse_job(std::string& out, const shown& one) {
  object_writer job(out);
  job.raw("id", one.id.source_id);
  job.member("title", one.what.title).member("absolute_url", one.url);
  object_writer place(job.name("location"));
  place.member("name", one.what.place.display);
  place.close();
  job.member("first_published", text::format_utc(one.posted))
      .member("updated_at", text::format_utc(one.posted))
      .member("requisition_id", "R-" + one.id.source_id)
      .member("company_name", one.what.company)
      .member("content", escaped_html(one.what.description));
  std::string metadata = "[{\"name\":\"Employment Type\",\"value\":";
  json::append_string(metadata, one.what.employment_type);
  metadata += ",\"value_type\":\"single_select\"},{\"name\":\"Workplace "
              "Type\",\"value\":";
  json::append_string(metadata, one.what.remote);
  metadata += ",\"value_type\":\"single_select\"}]";
  job.raw("metadata", metadata).raw("departments", "[]").raw("offices", "[]");
  job.close();
}

page greenhouse(const renderer& by) {
  auto count = by.on_.count;
  return full("{\"jobs\":" + by.array(0, count, greenhouse_job)
                  + ",\"meta\":{\"total\":" + std::to_string(count) + "}}",
              by.on_, 0, count);
}

void append_pay(object_writer& out, const job& what) {
  if (!what.salary_min)
    return;
  object_writer pay(out.name("salaryRange"));
  pay.member("min", *what.salary_min)
      .member("max", *what.salary_max)
      .member("currency", what.place.currency)
      .member("interval", "per-" + what.salary_period + "-salary");
  pay.close();
}

void lever_job(std::string& out, const shown& one) {
  object_writer job(out);
  job.member("id", one.id.source_id)
      .member("text", one.what.title)
      .member("hostedUrl", one.url)
      .member("applyUrl", one.url + "/apply")
      .member("createdAt", one.posted * 1000)
      .member("country", one.what.place.country)
      .member("workplaceType", one.what.remote);
  object_writer categories(job.name("categories"));
  categories.member("location", one.what.place.display)
      .member("commitment",
              one.what.employment_type == "contract" ? "Contract" : "Full-time")
      .member("team", "Delivery");
  json::append_string(categories.name("allLocations") += '[',
                      one.what.place.display);
  out += "]}";
  append_pay(job, one.what);
  job.member("description", one.what.description).raw("lists", "[]");
  job.member("additional", "");
  job.close();
}

page lever(const renderer& by) {
  auto skip = std::min(query_number(by.asked_.query, "skip", 0), by.on_.count);
  auto limit = query_number(by.asked_.query, "limit", by.on_.count);
  auto count = std::min(limit, by.on_.count - skip);
  return full(by.array(skip, count, lever_job), by.on_, skip, count);
}

void ashby_job(std::string& out, const shown& one) {
  object_writer job(out);
  auto mode = one.what.remote == "remote"   ? "Remote"
              : one.what.remote == "hybrid" ? "Hybrid"
                                            : "OnSite";
  job.member("id", one.id.source_id)
      .member("title", one.what.title)
      .member("location", one.what.place.display)
      .raw("secondaryLocations", "[]")
      .member("employmentType",
              one.what.employment_type == "contract" ? "Contract" : "FullTime")
      .member("publishedAt", text::format_utc(one.posted))
      .member("isListed", true)
      .member("isRemote", one.what.remote != "onsite")
      .member("workplaceType", mode)
      .member("jobUrl", one.url)
      .member("applyUrl", one.url + "/application")
      .member("descriptionHtml", one.what.description)
      .member("shouldDisplayCompensationOnJobPostings",
              one.what.salary_min.has_value());
  if (one.what.salary_min) {
    object_writer pay(job.name("compensation"));
    object_writer part(pay.name("summaryComponents") += '[');
    part.member("compensationType", "Salary")
        .member("interval",
                one.what.salary_period == "year" ? "1 YEAR" : "1 MONTH")
        .member("currencyCode", one.what.place.currency)
        .member("minValue", *one.what.salary_min)
        .member("maxValue", *one.what.salary_max);
    part.close();
    out += "]}";
  }
  job.close();
}

page ashby(const renderer& by) {
  auto count = by.on_.count;
  return full("{\"jobs\":" + by.array(0, count, ashby_job)
                  + ",\"apiVersion\":\"1\"}",
              by.on_, 0, count);
}

void workable_job(std::string& out, const shown& one) {
  object_writer job(out);
  job.member("title", one.what.title)
      .member("shortcode", one.id.source_id)
      .member("code", "")
      .member("employment_type",
              one.what.employment_type == "contract" ? "Contract" : "Full-time")
      .member("telecommuting", one.what.remote == "remote")
      .member("department", "Delivery")
      .member("url", one.url)
      .member("application_url", one.url + "apply/")
      .member("published_on", text::format_utc(one.posted).substr(0, 10))
      .member("country", "")
      .member("city", one.what.place.display)
      .member("state", "");
  object_writer place(job.name("locations") += '[');
  place.member("countryCode", one.what.place.country)
      .member("city", one.what.place.city)
      .member("country", "")
      .null("region")
      .member("hidden", false);
  place.close();
  out += ']';
  job.member("description", one.what.description);
  job.close();
}

page workable(const renderer& by) {
  auto count = by.on_.count;
  std::string body = "{\"name\":";
  json::append_string(body, by.on_.board.company);
  body += ",\"description\":null,\"jobs\":" + by.array(0, count, workable_job)
          + '}';
  return full(std::move(body), by.on_, 0, count);
}

void smart_job(std::string& out, const shown& one, bool with_text) {
  object_writer job(out);
  job.member("id", one.id.source_id)
      .member("name", one.what.title)
      .member("refNumber", "REF" + one.id.source_id.substr(9))
      .member("releasedDate", text::format_utc(one.posted));
  object_writer company(job.name("company"));
  company.member("identifier", one.what.company)
      .member("name", one.what.company);
  company.close();
  std::string country{one.what.place.country};
  for (auto& c : country)
    c = static_cast<char>(c + 32);
  object_writer place(job.name("location"));
  place.member("city", one.what.place.city)
      .member("country", country)
      .member("remote", one.what.remote == "remote")
      .member("hybrid", one.what.remote == "hybrid");
  place.close();
  object_writer kind(job.name("typeOfEmployment"));
  kind.member("id",
              one.what.employment_type == "contract" ? "contract" : "permanent")
      .member("label", one.what.employment_type == "contract" ? "Contract"
                                                              : "Full-time");
  kind.close();
  if (with_text) {
    job.member("postingUrl", one.url).member("applyUrl", one.url + "?oga=true");
    object_writer ad(job.name("jobAd"));
    object_writer sections(ad.name("sections"));
    object_writer text(sections.name("jobDescription"));
    text.member("title", "Job Description")
        .member("text", one.what.description);
    text.close();
    sections.close();
    ad.close();
  }
  job.close();
}

page smartrecruiters(const renderer& by) {
  auto id = last_segment(by.asked_.path);
  if (id != "postings") {
    for (std::uint64_t i = 0; i < by.on_.count; ++i)
      if (by.of_.posting_at(by.on_, i).source_id == id) {
        page made;
        smart_job(made.body, by.show(i), true);
        return made;
      }
    return missing("{\"message\":\"Posting not found\"}");
  }
  auto offset =
      std::min(query_number(by.asked_.query, "offset", 0), by.on_.count);
  auto limit =
      std::min<std::uint64_t>(query_number(by.asked_.query, "limit", 10), 100);
  auto count = std::min(limit, by.on_.count - offset);
  std::string body = "{\"offset\":" + std::to_string(offset) + ",\"limit\":"
                     + std::to_string(limit) + ",\"totalFound\":"
                     + std::to_string(by.on_.count) + ",\"content\":";
  body += by.array(offset, count, [](std::string& out, const shown& one) {
    smart_job(out, one, false);
  });
  return full(body + '}', by.on_, offset, count);
}

// -- searched -----------------------------------------------------------------

void remoteok_job(std::string& out, const shown& one) {
  object_writer job(out);
  job.member("slug", "remote-" + one.id.source_id)
      .member("id", one.id.source_id)
      .member("epoch", one.posted)
      .member("date", text::format_utc(one.posted).substr(0, 19) + "+00:00")
      .member("company", one.what.company)
      .member("company_logo", "")
      .member("position", one.what.title)
      .raw("tags", "[\"exec\",\"ops\"]")
      .member("description",
              one.what.description
                  + "<br/><br/>Please mention the word **CALM** and tag "
                    "RMTI3LjAuMC4x when applying.")
      .member("location", one.what.place.display)
      .member("apply_url", one.url)
      .member("url", one.url);
  auto usd = one.what.salary_min && one.what.place.currency == "USD";
  job.member("salary_min", usd ? *one.what.salary_min : std::int64_t{0})
      .member("salary_max", usd ? *one.what.salary_max : std::int64_t{0});
  job.close();
}

page remoteok(const renderer& by) {
  auto postings = by.array(0, by.on_.count, remoteok_job);
  auto body = "[{\"last_updated\":" + std::to_string(by.asked_.now)
              + ",\"legal\":\"Link back and name the source.\"}"
              + (by.on_.count > 0 ? "," : "") + postings.substr(1);
  return full(std::move(body), by.on_, 0, by.on_.count);
}

std::string http_date(std::int64_t seconds) {
  constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr",
                                         "May", "Jun", "Jul", "Aug",
                                         "Sep", "Oct", "Nov", "Dec"};
  constexpr std::string_view days[] = {"Thu", "Fri", "Sat", "Sun",
                                       "Mon", "Tue", "Wed"};
  auto utc = text::format_utc(seconds);
  auto month = static_cast<std::size_t>((utc[5] - '0') * 10 + utc[6] - '0');
  auto day = static_cast<std::size_t>(seconds / day_s % 7);
  return std::string{days[day]} + ", " + utc.substr(8, 2) + ' '
         + std::string{months[month - 1]} + ' ' + utc.substr(0, 4) + ' '
         + utc.substr(11, 8) + " GMT";
}

void careerjet_job(std::string& out, const shown& one) {
  object_writer job(out);
  job.member("title", one.what.title)
      .member("company", one.what.company)
      .member("locations", one.what.place.display)
      .member("description", "<b>" + one.what.title + "</b> "
                                 + one.what.description.substr(0, 200) + "...")
      .member("url", one.url)
      .member("date", http_date(one.posted))
      .member("salary", "")
      .member("site", "");
  job.close();
}

page careerjet(const renderer& by) {
  auto size = std::min<std::uint64_t>(
      query_number(by.asked_.query, "page_size", 20), 100);
  auto number =
      std::max<std::uint64_t>(query_number(by.asked_.query, "page", 1), 1);
  auto first = std::min((number - 1) * size, by.on_.count);
  auto count = std::min(size, by.on_.count - first);
  auto pages = (by.on_.count + size - 1) / size;
  auto body = "{\"type\":\"JOBS\",\"hits\":" + std::to_string(by.on_.count)
              + ",\"pages\":" + std::to_string(pages)
              + ",\"message\":\"\",\"response_time\":0.1,\"jobs\":"
              + by.array(first, count, careerjet_job) + '}';
  return full(std::move(body), by.on_, first, count);
}

void indeed_card(std::string& out, const shown& one) {
  object_writer card(out);
  card.member("jobkey", one.id.source_id)
      .member("title", one.what.title)
      .member("displayTitle", one.what.title)
      .member("company", one.what.company)
      .member("formattedLocation", one.what.place.display)
      .member("pubDate", one.posted * 1000)
      .member("createDate", one.posted * 1000)
      .member("formattedRelativeTime",
              std::to_string(one.what.age_days) + " days ago")
      .member("remoteLocation", one.what.remote == "remote")
      .raw("jobTypes", one.what.employment_type == "contract"
                           ? "[\"Contract\"]"
                           : "[\"Full-time\"]")
      .member("snippet", "<ul><li>" + one.what.title + "</li></ul>")
      .member("link", "/rc/clk?jk=" + one.id.source_id);
  card.close();
}

page indeed(const renderer& by) {
  constexpr std::uint64_t per_page = 10;
  auto start =
      std::min(query_number(by.asked_.query, "start", 0), by.on_.count);
  auto count = std::min(per_page, by.on_.count - start);
  auto body = "<!DOCTYPE html><html><head><title>Jobs</title></head><body>"
              "<script>window.mosaic.providerData[\"mosaic-provider-jobcards\"]"
              "={\"metaData\":{\"mosaicProviderJobCardsModel\":{\"results\":"
              + by.array(start, count, indeed_card) + "}},\"totalJobCount\":"
              + std::to_string(by.on_.count) + "};</script></body></html>";
  auto made = full(std::move(body), by.on_, start, count);
  made.content_type = "text/html; charset=utf-8";
  return made;
}

std::string linkedin_detail(const shown& one) {
  return "<section><h2 class=\"topcard__title\">" + escaped_html(one.what.title)
         + "</h2><a class=\"topcard__org-name-link\" href=\"#\">"
         + escaped_html(one.what.company)
         + "</a><span class=\"topcard__flavor topcard__flavor--bullet\">"
         + std::string{one.what.place.display}
         + "</span><div class=\"show-more-less-html__markup\">"
         + one.what.description + "</div></section>";
}

page linkedin(const renderer& by) {
  page made;
  if (by.asked_.path.find("/jobPosting/") != std::string::npos) {
    auto id = last_segment(by.asked_.path);
    for (std::uint64_t i = 0; i < by.on_.count; ++i)
      if (by.of_.posting_at(by.on_, i).source_id == id)
        made.body = linkedin_detail(by.show(i));
    if (made.body.empty())
      return missing("", "text/html");
    made.content_type = "text/html; charset=utf-8";
    return made;
  }
  constexpr std::uint64_t per_page = 10;
  auto start =
      std::min(query_number(by.asked_.query, "start", 0), by.on_.count);
  auto count = std::min(per_page, by.on_.count - start);
  std::string body;
  for (auto i = start; i < start + count; ++i) {
    auto one = by.show(i);
    body += "<li><div class=\"base-card\" data-entity-urn=\"urn:li:jobPosting:"
            + one.id.source_id + "\"><a class=\"base-card__full-link\" href=\""
            + one.url + "\"></a><h3 class=\"base-search-card__title\">"
            + escaped_html(one.what.title)
            + "</h3><h4 class=\"base-search-card__subtitle\"><a href=\"#\">"
            + escaped_html(one.what.company)
            + "</a></h4><span class=\"job-search-card__location\">"
            + std::string{one.what.place.display}
            + "</span><time class=\"job-search-card__listdate\" datetime=\""
            + text::format_utc(one.posted).substr(0, 10)
            + "\">some days ago</time></div></li>";
  }
  made = full(std::move(body), by.on_, start, count);
  made.content_type = "text/html; charset=utf-8";
  return made;
}

void zip_card(std::string& out, const shown& one) {
  object_writer card(out);
  card.member("listingKey", one.id.source_id).member("title", one.what.title);
  object_writer company(card.name("company"));
  company.member("name", one.what.company)
      .member("canonicalDisplayName", one.what.company);
  company.close();
  object_writer place(card.name("location"));
  place.member("displayName", one.what.place.display)
      .member("city", one.what.place.city)
      .member("countryCode", one.what.place.country);
  place.close();
  object_writer status(card.name("status"));
  status.member("isActive", true)
      .member("postedAtUtc", text::format_utc(one.posted));
  status.close();
  card.member("shortDescription", one.what.title + " at " + one.what.company)
      .member("rawCanonicalZipJobPageUrl",
              "/c/x/Job/y/-in-z?jid=" + one.id.source_id)
      .raw("employmentTypes",
           one.what.employment_type == "full_time" ? "[{\"name\":1}]" : "[]")
      .raw("locationTypes", "[]");
  card.close();
}

page ziprecruiter(const renderer& by) {
  constexpr std::uint64_t per_page = 20;
  auto number =
      std::max<std::uint64_t>(query_number(by.asked_.query, "page", 1), 1);
  auto first = std::min((number - 1) * per_page, by.on_.count);
  auto count = std::min(per_page, by.on_.count - first);
  auto pages = (by.on_.count + per_page - 1) / per_page;
  auto body =
      "<!DOCTYPE html><html><head><title>Jobs</title></head><body>"
      "<script id=\"js_variables\" type=\"application/json\">"
      "{\"hydrateJobCardsResponse\":{\"jobCards\":"
      + by.array(first, count, zip_card)
      + "},\"listJobKeysResponse\":{\"totalListings\":"
      + std::to_string(by.on_.count) + "},\"maxPages\":" + std::to_string(pages)
      + ",\"page\":" + std::to_string(number) + "}</script></body></html>";
  auto made = full(std::move(body), by.on_, first, count);
  made.content_type = "text/html; charset=utf-8";
  return made;
}

page jsonld(const renderer& by) {
  auto one = by.show(0);
  std::string data;
  object_writer job(data);
  job.member("@context", "https://schema.org/")
      .member("@type", "JobPosting")
      .member("title", one.what.title)
      .member("description", one.what.description)
      .member("datePosted", text::format_utc(one.posted).substr(0, 10))
      .member("url", one.url)
      .member("employmentType", one.what.employment_type == "contract"
                                    ? "CONTRACTOR"
                                    : "FULL_TIME");
  object_writer identifier(job.name("identifier"));
  identifier.member("@type", "PropertyValue").member("value", one.id.source_id);
  identifier.close();
  object_writer company(job.name("hiringOrganization"));
  company.member("@type", "Organization").member("name", one.what.company);
  company.close();
  object_writer place(job.name("jobLocation"));
  object_writer address(place.name("address"));
  address.member("addressLocality", one.what.place.city)
      .member("addressCountry", one.what.place.country);
  address.close();
  place.close();
  if (one.what.remote == "remote")
    job.member("jobLocationType", "TELECOMMUTE");
  job.close();
  auto body = "<!DOCTYPE html><html><head><title>"
              + escaped_html(one.what.title)
              + "</title><link rel=\"canonical\" href=\"" + one.url
              + "\"><script type=\"application/ld+json\">" + data
              + "</script></head><body><h1>" + escaped_html(one.what.title)
              + "</h1>" + one.what.description + "</body></html>";
  auto made = full(std::move(body), by.on_, 0, 1);
  made.content_type = "text/html; charset=utf-8";
  return made;
}

struct route {
  std::string_view source;
  /// What stands before and after the token in the path.
  std::string_view before;
  page (*render)(const renderer&);
  page (*unknown)();
};

page json_404() {
  return missing("{\"status\":404,\"error\":\"Job not found\"}");
}
page lever_404() {
  return missing("{\"ok\":false,\"error\":\"Document not found\"}");
}
page text_404() {
  return missing("Not Found", "text/plain");
}
/// SmartRecruiters answers an unknown company like an empty one.
page smart_unknown() {
  page made;
  made.body = "{\"offset\":0,\"limit\":100,\"totalFound\":0,\"content\":[]}";
  return made;
}

constexpr route routes[] = {
    {"greenhouse", "/v1/boards/", greenhouse, json_404},
    {"lever", "/v0/postings/", lever, lever_404},
    {"ashby", "/posting-api/job-board/", ashby, text_404},
    {"workable", "/api/v1/widget/accounts/", workable, text_404},
    {"smartrecruiters", "/v1/companies/", smartrecruiters, smart_unknown},
    {"remoteok", "/api", remoteok, text_404},
    {"careerjet", "/v4/query", careerjet, text_404},
    {"indeed", "/jobs", indeed, text_404},
    {"linkedin", "/jobs-guest/", linkedin, text_404},
    {"ziprecruiter", "/jobs-search", ziprecruiter, text_404},
    {"jsonld", "/jobs/", jsonld, text_404},
};

} // namespace

std::uint64_t query_number(std::string_view query, std::string_view name,
                           std::uint64_t fallback) {
  auto key = std::string{name} + '=';
  for (auto at = query.find(key); at != query.npos;
       at = query.find(key, at + 1)) {
    if (at > 0 && query[at - 1] != '&')
      continue;
    std::uint64_t value = fallback;
    std::from_chars(query.data() + at + key.size(), query.data() + query.size(),
                    value);
    return value;
  }
  return fallback;
}

std::string public_url(const world&, const board_plan& on, const posting& one,
                       const std::string& self) {
  const auto& source = on.board.source;
  const auto& token = on.board.token;
  if (source == "greenhouse")
    return "https://job-boards.greenhouse.io/" + token + "/jobs/"
           + one.source_id;
  if (source == "lever")
    return "https://jobs.lever.co/" + token + '/' + one.source_id;
  if (source == "ashby")
    return "https://jobs.ashbyhq.com/" + token + '/' + one.source_id;
  if (source == "workable")
    return "https://apply.workable.com/j/" + one.source_id;
  if (source == "smartrecruiters")
    return "https://jobs.smartrecruiters.com/" + token + '/' + one.source_id;
  if (source == "linkedin")
    return "https://www.linkedin.com/jobs/view/" + one.source_id;
  if (source == "indeed")
    return "https://www.indeed.com/viewjob?jk=" + one.source_id;
  if (source == "remoteok")
    return "https://remoteok.com/remote-jobs/" + one.source_id;
  if (source == "jsonld")
    return self + "/jsonld/jobs/" + token;
  return "https://" + source + ".example/jobs/" + one.source_id;
}

page answer(const world& of, const question& asked) {
  for (const auto& one : routes) {
    if (one.source != asked.source
        || asked.path.compare(0, one.before.size(), one.before) != 0)
      continue;
    auto rest = asked.path.substr(one.before.size());
    auto token = rest.substr(0, std::min(rest.find('/'), rest.size()));
    const auto* on = of.find(one.source, token);
    return on ? one.render(renderer(of, asked, *on)) : one.unknown();
  }
  return missing("Not Found", "text/plain");
}

} // namespace jobfarm::simulator_world
