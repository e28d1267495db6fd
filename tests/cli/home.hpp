#pragma once

#include "tests/support/paths.hpp"

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <sys/wait.h>

namespace jobfarm::test {

/// How a run of the program ended and what it wrote.
struct outcome {
  int code = -1;
  std::string out;
  std::string err;
};

/// A directory for the files of one test, and the program run from it.
class home {
public:
  std::string file(const std::string& name) const {
    return (dir_.path() / name).string();
  }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(file(name), std::ios::binary) << text;
  }

  /// Runs `jobfarm ARGUMENTS` in a shell with a data directory of its own; the
  /// arguments may redirect and pipe.
  outcome run(const std::string& arguments) const {
    auto command = "{ XDG_DATA_HOME=" + file("data") + " XDG_CONFIG_HOME="
                   + file("config") + ' ' + JOBFARM_PROGRAM + ' ' + arguments
                   + "; } >" + file("out") + " 2>" + file("err");
    auto status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1,
            read_file(file("out")), read_file(file("err"))};
  }

private:
  temporary_directory dir_;
};

/// The values of JSON lines.
inline std::vector<nlohmann::json> lines_of(const std::string& text) {
  std::vector<nlohmann::json> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    lines.push_back(nlohmann::json::parse(line));
  return lines;
}

} // namespace jobfarm::test
