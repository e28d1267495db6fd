#pragma once

#include <catch2/catch.hpp>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/// Servers of other makers, each a process of the test on a free port.
namespace jobfarm::test {

inline sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  at.sin_port = htons(port);
  return at;
}

/// A port that nobody listens on: below those that the system hands out by
/// itself (from 32,768 on), each process beginning elsewhere, so that nobody
/// takes it before its server does.
inline std::uint16_t free_port() {
  static auto next = static_cast<unsigned>(::getpid()) * 97;
  for (;;) {
    auto port = static_cast<std::uint16_t>(11'000 + next++ % 21'000);
    auto fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto at = loopback(port);
    auto is_free =
        ::bind(fd, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0;
    ::close(fd);
    if (is_free)
      return port;
  }
}

inline bool is_open(std::uint16_t port) {
  auto fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  auto at = loopback(port);
  auto good = ::connect(fd, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0;
  ::close(fd);
  return good;
}

/// Path of an installed program; empty if it is not there.
inline std::string program(const std::string& name) {
  for (const auto* dir : {"/usr/bin/", "/usr/sbin/"})
    if (std::filesystem::exists(dir + name))
      return dir + name;
  return {};
}

/// Starts the program `words[0]`, silent.
inline pid_t start(std::vector<std::string> words) {
  auto pid = ::fork();
  if (pid != 0)
    return pid;
  std::vector<char*> args;
  for (auto& one : words)
    args.push_back(one.data());
  args.push_back(nullptr);
  if (!std::freopen("/dev/null", "r", stdin)
      || !std::freopen("/dev/null", "w", stdout)
      || !std::freopen("/dev/null", "w", stderr))
    ::_exit(126);
  ::execv(args[0], args.data());
  ::_exit(127);
}

/// Runs a program to its end; true if it succeeded.
inline bool run(std::vector<std::string> words) {
  int status = 0;
  ::waitpid(start(std::move(words)), &status, 0);
  return status == 0;
}

/// A process that listens on `port` when the constructor returns.
struct server_process {
  server_process(std::vector<std::string> words, std::uint16_t listens)
      : pid(start(std::move(words))), port(listens) {
    for (int i = 0; i < 500 && !is_open(port); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
    REQUIRE(is_open(port));
  }
  server_process(const server_process&) = delete;
  ~server_process() {
    stop();
  }
  void stop() {
    if (pid <= 0)
      return;
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
    pid = 0;
  }
  pid_t pid;
  std::uint16_t port;
};

} // namespace jobfarm::test
