#pragma once

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <unistd.h>

namespace jobfarm::test {

/// Processes named `name` (15 characters at most) that this process, or one of
/// its children, has started; from proc(5).
inline std::vector<pid_t> descendants(const std::string& name,
                                      pid_t of = ::getpid()) {
  std::vector<pid_t> found;
  std::error_code ignored;
  for (const auto& entry :
       std::filesystem::directory_iterator("/proc", ignored)) {
    auto pid = static_cast<pid_t>(
        std::strtol(entry.path().filename().c_str(), nullptr, 10));
    std::ifstream file(entry.path() / "stat");
    std::string line;
    if (pid <= 0 || !std::getline(file, line))
      continue;
    auto begin = line.find('(') + 1;
    auto end = line.rfind(')');
    std::istringstream rest(line.substr(end + 1));
    std::string state;
    pid_t parent = 0;
    rest >> state >> parent;
    if (parent != of)
      continue;
    if (line.substr(begin, end - begin) == name && state != "Z")
      found.push_back(pid);
    for (auto one : descendants(name, pid))
      found.push_back(one);
  }
  return found;
}

} // namespace jobfarm::test
