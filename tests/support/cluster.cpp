#include "tests/support/cluster.hpp"

#include "nodes/http_get.hpp"
#include "nodes/link/keys.hpp"
#include "tests/support/server_process.hpp"

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace jobfarm::test {

namespace {

namespace link_layer = nodes::link_layer;

template <class T>
T must(expected<T> got) {
  if (!got)
    throw std::runtime_error(got.error().detail);
  return *std::move(got);
}

void must(const expected<void>& done) {
  if (!done)
    throw std::runtime_error(done.error().detail);
}

void append(std::vector<std::string>& to,
            const std::vector<std::string>& more) {
  to.insert(to.end(), more.begin(), more.end());
}

} // namespace

process::process(std::vector<std::string> words, std::string log)
    : words_(std::move(words)), log_(std::move(log)) {
  start();
}

process::~process() {
  end(SIGKILL);
}

void process::start() {
  pid_ = ::fork();
  if (pid_ != 0)
    return;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  auto out = ::open(log_.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::dup2(out, 1);
  ::dup2(out, 2);
  std::vector<char*> arguments;
  for (auto& one : words_)
    arguments.push_back(one.data());
  arguments.push_back(nullptr);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

int process::end(int signal) {
  if (pid_ <= 0)
    return 0;
  ::kill(pid_, signal);
  return wait();
}

int process::wait() {
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

void process::freeze() const {
  ::kill(pid_, SIGSTOP);
}

void process::thaw() const {
  ::kill(pid_, SIGCONT);
}

cluster::cluster(cluster_options options) : options_(std::move(options)) {
  std::string address = "127.0.0.1";
  if (options_.has_networks) {
    nets = std::make_unique<networks>(options_.workers + options_.more_workers);
    address = networks::address();
  }
  nodes::simulator_options serving;
  serving.address = address;
  serving.what = options_.what;
  boards = must(nodes::simulator::start(std::move(serving)));
  std::ofstream(file("config.toml")) << options_.config;
  auto pair = link_layer::new_key_pair();
  must(link_layer::write_key_file(file("main.key"), pair));
  public_key_ = pair.public_key;
  link_ = address + ':' + std::to_string(free_port());
  http_ = std::to_string(free_port());
  coordinator = std::make_unique<process>(
      node({"--role", "coordinator", "--name", "main", "--link-listen", link_,
            "--http-port", http_, "--data-dir", file("main")},
           options_.coordinator_words),
      file("main.log"));
  for (std::size_t i = 0; i < options_.workers; ++i)
    add_worker();
}

void cluster::add_worker() {
  auto name = "w" + std::to_string(workers.size() + 1);
  auto pair = link_layer::new_key_pair();
  must(link_layer::write_key_file(file(name + ".key"), pair));
  must(link_layer::allow(file("allowed"), name, pair.public_key));
  std::vector<std::string> words;
  if (nets)
    words = nets->inside(workers.size());
  append(words,
         node({"--role", "worker", "--name", name, "--coordinator", link_,
               "--coordinator-key", link_layer::to_hex(public_key_),
               "--data-dir", file(name)},
              options_.worker_words));
  workers.push_back(
      std::make_unique<process>(std::move(words), file(name + ".log")));
}

std::vector<std::string>
cluster::node(std::vector<std::string> own,
              const std::vector<std::string>& more) const {
  std::vector<std::string> words = {JOBFARM_PROGRAM, "node"};
  append(words, own);
  append(words, {"--keys-dir", dir.path().string(), "--boards-url",
                 boards->url(), "--config", file("config.toml")});
  append(words, more);
  return words;
}

std::string cluster::file(const std::string& name) const {
  return (dir.path() / name).string();
}

std::optional<std::string> cluster::ask(const std::string& words) const {
  auto line = std::string{JOBFARM_PROGRAM} + ' ' + words + " --data-dir "
              + file("main") + " --server http://127.0.0.1:" + http_ + " >"
              + file("out") + " 2>>" + file("asked.log");
  if (std::system(line.c_str()) != 0)
    return std::nullopt;
  auto text = read_file(file("out"));
  while (!text.empty() && text.back() == '\n')
    text.pop_back();
  return text;
}

std::string cluster::submit(const std::string& words) const {
  std::optional<std::string> id;
  auto is_in = comes_true(
      [&] {
        id = ask("submit --quiet --boards-url " + boards->url() + ' ' + words);
        return id && !id->empty();
      },
      std::chrono::seconds{10});
  if (!is_in)
    throw std::runtime_error("no query taken: " + read_file(file("asked.log")));
  return *id;
}

bool cluster::is_over() const {
  auto text = ask("list");
  return text
         && (text->find("complete") != text->npos
             || text->find("partial") != text->npos);
}

std::size_t cluster::connected() const {
  auto text = ask("nodes").value_or("");
  std::size_t ready = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    ready += line.rfind('w', 0) == 0 && line.find("ready") != line.npos;
  return ready;
}

std::vector<visit> visits(const nodes::simulator& to, const std::string& path) {
  std::istringstream lines(
      must(nodes::http_get(to.url() + "/__log", 64u << 20)));
  std::vector<visit> all;
  for (std::string line; std::getline(lines, line);) {
    auto row = nlohmann::json::parse(line);
    visit one{row["at_ms"], row["status"], row["target"]};
    if (one.target.rfind(path, 0) == 0)
      all.push_back(std::move(one));
  }
  return all;
}

} // namespace jobfarm::test
