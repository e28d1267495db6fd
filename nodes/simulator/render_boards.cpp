// Sources that are asked for one company's board.
#include "nodes/simulator/renderer.hpp"

#include "actors/text/ascii.hpp"
#include "actors/text/entities.hpp"
#include "actors/text/time.hpp"
#include "messages/json_writer.hpp"

#include <algorithm>

namespace jobfarm::simulator_world {

using json::object_writer;

namespace {

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
      .member("content", text::escape_html(one.what.description));
  std::string metadata = "[{\"name\":\"Employment Type\",\"value\":";
  json::append_string(metadata, one.what.employment_type);
  metadata += ",\"value_type\":\"single_select\"},{\"name\":\"Workplace "
              "Type\",\"value\":";
  json::append_string(metadata, one.what.remote);
  metadata += ",\"value_type\":\"single_select\"}]";
  job.raw("metadata", metadata).raw("departments", "[]").raw("offices", "[]");
  job.close();
}

} // namespace

page greenhouse(const renderer& by) {
  auto count = by.on_.count;
  return full("{\"jobs\":" + by.array(0, count, greenhouse_job)
                  + ",\"meta\":{\"total\":" + std::to_string(count) + "}}",
              by.on_, 0, count);
}

namespace {

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

} // namespace

page lever(const renderer& by) {
  auto skip = std::min(query_number(by.asked_.query, "skip", 0), by.on_.count);
  auto limit = query_number(by.asked_.query, "limit", by.on_.count);
  auto count = std::min(limit, by.on_.count - skip);
  return full(by.array(skip, count, lever_job), by.on_, skip, count);
}

namespace {

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

} // namespace

page ashby(const renderer& by) {
  auto count = by.on_.count;
  return full("{\"jobs\":" + by.array(0, count, ashby_job)
                  + ",\"apiVersion\":\"1\"}",
              by.on_, 0, count);
}

namespace {

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

} // namespace

page workable(const renderer& by) {
  auto count = by.on_.count;
  std::string body = "{\"name\":";
  json::append_string(body, by.on_.board.company);
  body += ",\"description\":null,\"jobs\":" + by.array(0, count, workable_job)
          + '}';
  return full(std::move(body), by.on_, 0, count);
}

namespace {

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
  auto country = text::ascii_lower(one.what.place.country);
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

} // namespace

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

} // namespace jobfarm::simulator_world
