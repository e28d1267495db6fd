#pragma once

#include "messages/json_writer.hpp"
#include "nodes/http_server.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

namespace jobfarm::test {

using numbers = std::set<int>;

inline nodes::server_response answer_with(int status, std::string type, std::string body) {
  nodes::server_response made;
  made.status = status;
  made.headers = {{"Content-Type", std::move(type)}};
  made.body = std::move(body);
  return made;
}

/// Boards of Greenhouse (all at once), SmartRecruiters (pages of ten, a page a
/// posting) and a career page, all of which show `shown`.
class site {
public:
  numbers shown;
  /// Status and type of all answers, other than 200 and what they should be.
  std::map<std::string, nodes::server_response> instead;
  /// What all texts begin with.
  std::string news;
  /// By what listings state more than they show.
  int hidden = 0;

  site() : server_(*nodes::http_server::start({}, [this](const auto& request) {
      std::lock_guard lock(mutex_);
      return answer(request.target);
    })) {
  }

  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(server_->port());
  }

  template <class Change>
  void change(Change change) {
    std::lock_guard lock(mutex_);
    change(*this);
  }

private:
  nodes::server_response answer(const std::string& target) {
    if (target == "/robots.txt")
      return answer_with(404, "text/plain", "");
    for (const auto& [part, other] : instead)
      if (target.find(part) != target.npos)
        return other;
    if (target.find("/greenhouse/") == 0)
      return json(greenhouse());
    if (target.find("/postings?") != target.npos)
      return json(recruiters_page(target));
    auto number = std::stoi(target.substr(target.rfind('/') + 1));
    if (shown.count(number) == 0)
      return answer_with(404, "text/html", "<h1>not found</h1>");
    if (target.find("/career/") == 0)
      return answer_with(200, "text/html", career_page(number));
    std::string out;
    return json(recruiters_job(out, number, true));
  }

  static nodes::server_response json(std::string body) {
    return answer_with(200, "application/json", std::move(body));
  }

  static std::string title(int number) {
    constexpr const char* roles[] = {"Baker", "Carpenter", "Dentist",
                                     "Electrician", "Farmer"};
    constexpr const char* teams[] = {"Alpha", "Bravo", "Carol", "Delta",
                                     "Echo", "Foxtrot", "Golf", "Hotel"};
    return std::string{roles[number % 5]} + " of team " + teams[number / 5 % 8];
  }

  std::string text(int number) const {
    auto name = std::to_string(number);
    return news + "Work number " + name + " is told of in words of its own " + name
           + name + ", which no other work has beside " + name + name + name;
  }

  std::string greenhouse() const {
    std::string out;
    json::object_writer board(out);
    auto& jobs = board.name("jobs") += '[';
    for (auto number : shown) {
      if (jobs.back() != '[')
        jobs += ',';
      json::object_writer job(jobs);
      job.member("id", static_cast<std::int64_t>(number))
          .member("title", title(number))
          .member("company_name", "Acme")
          .member("absolute_url", "https://boards.greenhouse.io/acme/jobs/"
                                      + std::to_string(number))
          .member("content", "<p>" + text(number) + "</p>");
      job.close();
    }
    out += ']';
    json::object_writer meta(board.name("meta"));
    meta.member("total", static_cast<std::int64_t>(shown.size()) + hidden);
    meta.close();
    board.close();
    return out;
  }

  std::string& recruiters_job(std::string& out, int number,
                              bool is_whole) const {
    json::object_writer job(out);
    job.member("id", std::to_string(number)).member("name", title(number));
    if (is_whole) {
      json::object_writer ad(job.name("jobAd"));
      json::object_writer sections(ad.name("sections"));
      json::object_writer section(sections.name("jobDescription"));
      section.member("text", text(number));
      section.close();
      sections.close();
      ad.close();
    }
    job.close();
    return out;
  }

  std::string recruiters_page(const std::string& target) const {
    constexpr std::size_t page_size = 10;
    auto offset = std::stoul(target.substr(target.find("offset=") + 7));
    std::string out;
    json::object_writer page(out);
    page.member("offset", static_cast<std::int64_t>(offset))
        .member("totalFound", static_cast<std::int64_t>(shown.size()));
    auto& jobs = page.name("content") += '[';
    std::size_t at = 0;
    for (auto number : shown)
      if (at++; at > offset && at <= offset + page_size) {
        if (jobs.back() != '[')
          jobs += ',';
        recruiters_job(jobs, number, false);
      }
    out += ']';
    page.close();
    return out;
  }

  std::string career_page(int number) const {
    std::string out =
        "<html><body><script type=\"application/ld+json\">";
    json::object_writer job(out);
    job.member("@context", "https://schema.org")
        .member("@type", "JobPosting")
        .member("title", title(number))
        .member("description", text(number));
    json::object_writer company(job.name("hiringOrganization"));
    company.member("name", "Acme");
    company.close();
    job.close();
    return out + "</script></body></html>";
  }

  std::mutex mutex_;
  // Last, so that it stops answering first.
  std::unique_ptr<nodes::http_server> server_;
};

} // namespace jobfarm::test
