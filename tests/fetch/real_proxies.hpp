#pragma once

#include "tests/support/server_process.hpp"

#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

/// Proxies of Debian, each a process of the test on a free port.
namespace jobfarm::test {

/// A directory that goes with its owner, open to servers of other users.
struct open_directory {
  open_directory()
      : path(std::filesystem::temp_directory_path()
             / ("jobfarm-proxy-" + std::to_string(std::random_device{}()))) {
    std::filesystem::create_directories(path);
    std::filesystem::permissions(path, std::filesystem::perms::all);
  }
  open_directory(const open_directory&) = delete;
  ~open_directory() {
    std::filesystem::remove_all(path);
  }
  std::string file(const std::string& name, const std::string& text) const {
    std::ofstream(path / name) << text;
    return (path / name).string();
  }
  std::filesystem::path path;
};

using proxy_process = std::unique_ptr<server_process>;

inline proxy_process tinyproxy(const open_directory& dir,
                               const std::string& extra = "") {
  auto port = free_port();
  auto text = "Port " + std::to_string(port)
              + "\nListen 127.0.0.1\nTimeout 60\nAllow 127.0.0.1\n"
                "MaxClients 50\nDisableViaHeader Yes\n"
              + extra;
  auto config = dir.file("tiny" + std::to_string(port), text);
  return std::make_unique<server_process>(
      std::vector<std::string>{program("tinyproxy"), "-d", "-c", config}, port);
}

inline proxy_process microsocks(const std::vector<std::string>& extra = {}) {
  auto port = free_port();
  std::vector<std::string> words = {program("microsocks"), "-i", "127.0.0.1",
                                    "-p", std::to_string(port)};
  words.insert(words.end(), extra.begin(), extra.end());
  return std::make_unique<server_process>(std::move(words), port);
}

inline proxy_process squid(const open_directory& dir,
                           const std::string& extra = "http_access allow all\n",
                           const std::string& service = "squid") {
  auto port = free_port();
  auto text = "http_port 127.0.0.1:" + std::to_string(port) + '\n' + extra
              + "cache deny all\npid_filename none\n"
                "access_log none\ncache_log /dev/null\n"
                "shutdown_lifetime 0 seconds\nvia off\nforwarded_for off\n"
                "pinger_enable off\ncoredump_dir "
              + dir.path.string() + "\n";
  auto config = dir.file("squid" + std::to_string(port), text);
  // The service's name keeps two of them apart in shared memory.
  return std::make_unique<server_process>(
      std::vector<std::string>{program("squid"), "-N", "-n", service, "-f",
                               config},
      port);
}

inline bool are_proxies_installed() {
  for (const auto* name : {"tinyproxy", "microsocks", "squid"})
    if (program(name).empty()) {
      WARN(std::string{name} + " is not installed: nothing is tested");
      return false;
    }
  return true;
}

} // namespace jobfarm::test
