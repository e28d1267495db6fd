#include "actors/fetch/curl_client.hpp"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <future>
#include <string>
#include <vector>

#include <sys/resource.h>

namespace {

using namespace jobfarm;
using clock_type = std::chrono::steady_clock;

/// As many requests as a farm has connections to a host.
constexpr int in_flight = 32;

/// Asks for the pages in turn, `in_flight` at a time, until time is up.
class round_trip {
public:
  round_trip(std::vector<std::string> urls, clock_type::time_point end)
      : urls_(std::move(urls)), end_(end) {
    fetch::http_client_options options;
    options.allowed_hosts = {"127.0.0.1"};
    client_ = fetch::make_curl_client(std::move(options));
  }

  void run() {
    for (int i = 0; i < in_flight; ++i)
      ask();
    all_back_.get_future().wait();
  }

  std::size_t pages() const {
    return pages_;
  }
  std::size_t bytes() const {
    return bytes_;
  }
  std::size_t failed() const {
    return failed_;
  }

private:
  void ask() {
    http_request request;
    request.url = urls_[next_++ % urls_.size()];
    client_->fetch(
        {std::move(request)},
        [this](const expected<fetch::http_response>& got) { take(got); });
  }

  void take(const expected<fetch::http_response>& got) {
    auto is_page = got && got->status == 200;
    ++(is_page ? pages_ : failed_);
    bytes_ += is_page ? got->body.size() : 0;
    if (clock_type::now() < end_)
      ask();
    else if (++back_ == in_flight)
      all_back_.set_value();
  }

  std::vector<std::string> urls_;
  clock_type::time_point end_;
  std::atomic<std::size_t> next_{0};
  std::atomic<std::size_t> pages_{0};
  std::atomic<std::size_t> failed_{0};
  std::atomic<std::size_t> bytes_{0};
  std::atomic<int> back_{0};
  std::promise<void> all_back_;
  std::unique_ptr<fetch::http_client> client_;
};

double cpu_seconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  auto seconds = [](const timeval& of) {
    return static_cast<double>(of.tv_sec)
           + static_cast<double>(of.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

} // namespace

/// fetch_bench URLS SECONDS: the fetch trade alone, with a farm's settings, on
/// a server of loopback. Prints pages a second, CPU microseconds a page, MB a
/// second.
int main(int count, char** words) {
  if (count != 3)
    return 2;
  std::vector<std::string> urls;
  std::ifstream lines(words[1]);
  for (std::string line; std::getline(lines, line);)
    urls.push_back(line);
  auto begin = clock_type::now();
  round_trip trip(urls, begin + std::chrono::seconds{std::atoi(words[2])});
  trip.run();
  auto wall = std::chrono::duration<double>(clock_type::now() - begin).count();
  auto pages = static_cast<double>(trip.pages());
  std::printf("%.0f pages/s %.1f us/page %.0f MB/s\n", pages / wall,
              cpu_seconds() * 1e6 / pages,
              static_cast<double>(trip.bytes()) / wall / 1e6);
  return trip.failed() == 0 ? 0 : 1;
}
