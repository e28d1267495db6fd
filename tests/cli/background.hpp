#pragma once

#include "tests/cli/home.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace jobfarm::test {

/// A program that runs beside the test and is ended with it.
class background {
public:
  /// Waits for its first line of output unless `listens` is false.
  explicit background(std::vector<std::string> words, bool listens = true) {
    int ends[2];
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(ends[1], STDOUT_FILENO);
      std::vector<char*> arguments;
      for (auto& word : words)
        arguments.push_back(word.data());
      arguments.push_back(nullptr);
      ::execv(arguments[0], arguments.data());
      ::_exit(127);
    }
    ::close(ends[1]);
    char c = 0;
    while (listens && ::read(ends[0], &c, 1) == 1 && c != '\n')
      first_line += c;
    if (listens)
      ::close(ends[0]);
    else
      silent_ = ends[0];
  }
  ~background() {
    if (pid_ > 0)
      stop(SIGTERM);
    if (silent_ >= 0)
      ::close(silent_);
  }
  int stop(int signal) {
    ::kill(pid_, signal);
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  std::string first_line;

private:
  pid_t pid_ = -1;
  /// Kept open so that the program can write to it.
  int silent_ = -1;
};

/// Boards of so many postings; its first line is their address.
inline background simulator(const std::string& postings) {
  return background({JOBFARM_PROGRAM, "simulate", "--quiet", "--seed", "3",
                     "--postings", postings});
}

} // namespace jobfarm::test
