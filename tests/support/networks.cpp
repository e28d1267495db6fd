#include "tests/support/networks.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace jobfarm::test {

namespace {

bool succeeds(const std::string& command) {
  return std::system(("PATH=$PATH:/usr/sbin:/sbin " + command).c_str()) == 0;
}

void must(const std::string& command) {
  if (!succeeds(command))
    throw std::runtime_error("failed: " + command);
}

std::string link_of(std::size_t i) {
  return "w" + std::to_string(i);
}

/// 10.77.1.0/24 is the wire of worker 0, and so on.
std::string wire_of(std::size_t i, int end) {
  return "10.77." + std::to_string(i + 1) + '.' + std::to_string(end);
}

pid_t start_keeper() {
  int ready[2];
  if (::pipe2(ready, O_CLOEXEC) != 0)
    throw std::runtime_error("no pipe");
  auto pid = ::fork();
  if (pid == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    auto made = ::unshare(CLONE_NEWNET) == 0;
    (void)!::write(ready[1], made ? "y" : "n", 1);
    ::pause();
    ::_exit(0);
  }
  char answer = 'n';
  (void)!::read(ready[0], &answer, 1);
  ::close(ready[0]);
  ::close(ready[1]);
  if (answer != 'y')
    throw std::runtime_error("no network namespace");
  return pid;
}

} // namespace

bool networks::are_possible() {
  return succeeds("unshare --net ip link show lo >/dev/null 2>&1");
}

const char* networks::address() {
  return "10.77.0.1";
}

networks::networks(std::size_t workers) {
  if (::unshare(CLONE_NEWNET) != 0)
    throw std::runtime_error(std::string{"unshare: "} + std::strerror(errno));
  must("ip link set lo up");
  must(std::string{"ip address add "} + address() + "/32 dev lo");
  for (std::size_t i = 0; i < workers; ++i) {
    keepers_.push_back(start_keeper());
    auto pid = std::to_string(keepers_.back());
    auto link = link_of(i);
    auto within = "nsenter --net --target " + pid + ' ';
    must("ip link add " + link + " type veth peer name eth0 netns " + pid);
    must("ip address add " + wire_of(i, 1) + "/24 dev " + link);
    must("ip link set " + link + " up");
    must(within + "ip link set lo up");
    must(within + "ip address add " + wire_of(i, 2) + "/24 dev eth0");
    must(within + "ip link set eth0 up");
    must(within + "ip route add default via " + wire_of(i, 1));
  }
}

networks::~networks() {
  for (auto pid : keepers_) {
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
  }
}

std::vector<std::string> networks::inside(std::size_t i) const {
  return {"/usr/bin/nsenter", "--net", "--target",
          std::to_string(keepers_.at(i))};
}

void networks::cut(std::size_t i) const {
  must("ip link set " + link_of(i) + " down");
}

void networks::mend(std::size_t i) const {
  must("ip link set " + link_of(i) + " up");
}

} // namespace jobfarm::test
