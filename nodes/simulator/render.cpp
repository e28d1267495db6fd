#include "nodes/simulator/renderer.hpp"

#include <algorithm>
#include <charconv>

namespace jobfarm::simulator_world {

page full(std::string body, const board_plan& on, std::uint64_t first,
          std::uint64_t count) {
  page made;
  made.body = std::move(body);
  made.on = &on;
  made.first = first;
  made.count = count;
  return made;
}

page missing(std::string body, std::string type) {
  page made;
  made.status = 404;
  made.body = std::move(body);
  made.content_type = std::move(type);
  return made;
}

std::string last_segment(std::string_view path) {
  return std::string{path.substr(path.rfind('/') + 1)};
}

namespace {

struct route {
  std::string_view source;
  /// What stands before and after the token in the path.
  std::string_view before;
  page (*render)(const renderer&);
  page (*unknown)();
  /// Whose boards they are, if not the source's own.
  std::string_view boards_of = {};
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
    {"indeed", "/viewjob", indeed_job, text_404},
    {"linkedin", "/jobs-guest/jobs/api/jobPosting/", linkedin_job, text_404},
    {"linkedin", "/jobs-guest/", linkedin, text_404},
    {"ziprecruiter", "/jobs-search", ziprecruiter, text_404},
    {"ziprecruiter", "/c/", ziprecruiter_job, text_404},
    {"jsonld", "/jobs/", jsonld, text_404},
    {"jsonld", "/scripted/", scripted, text_404, "ashby"},
    {"jsonld", "/data/", scripted_data, text_404, "ashby"},
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
    const auto* on =
        of.find(one.boards_of.empty() ? one.source : one.boards_of, token);
    if (!on)
      return one.unknown();
    if (!asked.is_emptied)
      return one.render(renderer(of, asked, *on));
    auto nothing = *on;
    nothing.count = 0;
    auto made = one.render(renderer(of, asked, nothing));
    made.on = nullptr;
    return made;
  }
  return missing("Not Found", "text/plain");
}

} // namespace jobfarm::simulator_world