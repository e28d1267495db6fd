// Sources that are searched, and single pages.
#include "nodes/simulator/renderer.hpp"

#include "actors/text/entities.hpp"
#include "actors/text/time.hpp"
#include "messages/json_writer.hpp"

#include <algorithm>

namespace jobfarm::simulator_world {

using json::object_writer;

namespace {

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

} // namespace

page remoteok(const renderer& by) {
  auto postings = by.array(0, by.on_.count, remoteok_job);
  auto body = "[{\"last_updated\":" + std::to_string(by.asked_.now)
              + ",\"legal\":\"Link back and name the source.\"}"
              + (by.on_.count > 0 ? "," : "") + postings.substr(1);
  return full(std::move(body), by.on_, 0, by.on_.count);
}

namespace {

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

} // namespace

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

namespace {

page html(std::string body) {
  page made;
  made.content_type = "text/html; charset=utf-8";
  made.body = std::move(body);
  return made;
}

/// The value of a parameter, up to the next one.
std::string query_text(std::string_view query, std::string_view name) {
  auto key = std::string{name} + '=';
  auto at = query.find(key);
  if (at == query.npos)
    return {};
  auto value = query.substr(at + key.size());
  return std::string{value.substr(0, value.find('&'))};
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

} // namespace

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

page indeed_job(const renderer& by) {
  auto found = by.find(query_text(by.asked_.query, "jk"));
  if (!found)
    return missing("", "text/html");
  std::string data;
  object_writer model(data);
  object_writer query(model.name("hostQueryExecutionResult"));
  object_writer inside(query.name("data"));
  object_writer jobs(inside.name("jobData"));
  object_writer result(jobs.name("results") += '[');
  object_writer job(result.name("job"));
  job.member("key", found->id.source_id)
      .member("title", found->what.title)
      .member("dateOnIndeed", found->posted * 1000);
  object_writer employer(job.name("employer"));
  employer.member("name", found->what.company);
  employer.close();
  object_writer text(job.name("description"));
  text.member("html", found->what.description);
  text.close();
  job.close();
  result.close();
  data += ']';
  jobs.close();
  inside.close();
  query.close();
  model.close();
  return html("<!DOCTYPE html><html><head><title>Job</title></head><body>"
              "<script>window._initialData="
              + data + ";</script></body></html>");
}

namespace {

std::string linkedin_detail(const shown& one) {
  return "<section><h2 class=\"topcard__title\">"
         + text::escape_html(one.what.title)
         + "</h2><a class=\"topcard__org-name-link\" href=\"#\">"
         + text::escape_html(one.what.company)
         + "</a><span class=\"topcard__flavor topcard__flavor--bullet\">"
         + std::string{one.what.place.display}
         + "</span><div class=\"show-more-less-html__markup\">"
         + one.what.description + "</div></section>";
}

} // namespace

page linkedin_job(const renderer& by) {
  auto found = by.find(last_segment(by.asked_.path));
  return found ? html(linkedin_detail(*found)) : missing("", "text/html");
}

page linkedin(const renderer& by) {
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
            + text::escape_html(one.what.title)
            + "</h3><h4 class=\"base-search-card__subtitle\"><a href=\"#\">"
            + text::escape_html(one.what.company)
            + "</a></h4><span class=\"job-search-card__location\">"
            + std::string{one.what.place.display}
            + "</span><time class=\"job-search-card__listdate\" datetime=\""
            + text::format_utc(one.posted).substr(0, 10)
            + "\">some days ago</time></div></li>";
  }
  auto made = full(std::move(body), by.on_, start, count);
  made.content_type = "text/html; charset=utf-8";
  return made;
}

namespace {

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

} // namespace

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

namespace {

/// A schema.org JobPosting.
void job_posting(std::string& out, const shown& one, bool with_pay) {
  object_writer job(out);
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
  if (with_pay && one.what.salary_min) {
    object_writer pay(job.name("baseSalary"));
    pay.member("currency", one.what.place.currency);
    object_writer value(pay.name("value"));
    value.member("minValue", *one.what.salary_min)
        .member("maxValue", *one.what.salary_max)
        .member("unitText",
                one.what.salary_period == "year" ? "YEAR" : "MONTH");
    value.close();
    pay.close();
  }
  job.close();
}

} // namespace

page jsonld(const renderer& by) {
  auto one = by.show(0);
  std::string data;
  job_posting(data, one, false);
  auto body = "<!DOCTYPE html><html><head><title>"
              + text::escape_html(one.what.title)
              + "</title><link rel=\"canonical\" href=\"" + one.url
              + "\"><script type=\"application/ld+json\">" + data
              + "</script></head><body><h1>" + text::escape_html(one.what.title)
              + "</h1>" + one.what.description + "</body></html>";
  auto made = full(std::move(body), by.on_, 0, 1);
  made.content_type = "text/html; charset=utf-8";
  return made;
}

page ziprecruiter_job(const renderer& by) {
  auto found = by.find(query_text(by.asked_.query, "jid"));
  if (!found)
    return missing("", "text/html");
  std::string data;
  job_posting(data, *found, true);
  return html("<!DOCTYPE html><html><head><title>Job</title><script "
              "type=\"application/ld+json\">"
              + data + "</script></head><body></body></html>");
}

page scripted(const renderer& by) {
  page made;
  made.content_type = "text/html; charset=utf-8";
  made.body = "<!DOCTYPE html><html><head><title>Open positions</title></head>"
              "<body><main>Loading ...</main><script>fetch('/jsonld/data/"
              + by.on_.board.token
              + "').then(answer => answer.json()).then(jobs => {"
                "const main = document.querySelector('main');"
                "main.textContent = '';"
                "for (const job of jobs) {"
                "const block = document.createElement('script');"
                "block.type = 'application/ld+json';"
                "block.textContent = JSON.stringify(job);"
                "document.head.append(block);"
                "const heading = document.createElement('h2');"
                "heading.textContent = job.title;"
                "main.append(heading);"
                "}});</script></body></html>";
  return made;
}

page scripted_data(const renderer& by) {
  return full(by.array(0, by.on_.count,
                       [](std::string& out, const shown& one) {
                         job_posting(out, one, true);
                       }),
              by.on_, 0, by.on_.count);
}

} // namespace jobfarm::simulator_world
