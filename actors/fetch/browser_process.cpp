#include "actors/fetch/browser_process.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <grp.h>
#include <linux/close_range.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace jobfarm::fetch {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto start_timeout = 20s;
constexpr auto glance = 20ms;

struct identity {
  uid_t user = 0;
  gid_t group = 0;
};

expected<identity> look_up(const std::string& user) {
  std::array<char, 4096> buffer{};
  passwd entry{};
  passwd* found = nullptr;
  ::getpwnam_r(user.c_str(), &entry, buffer.data(), buffer.size(), &found);
  if (!found || found->pw_uid == 0)
    return fail(errc::invalid_input,
                "start a browser: there is no unprivileged user \"" + user
                    + "\" to run it as; name one with --browser-user");
  return identity{found->pw_uid, found->pw_gid};
}

/// Everything a child needs, made before the fork: after it, in a process of
/// many threads, only simple system calls are safe.
struct launch {
  std::vector<std::string> words;
  std::vector<std::string> settings;
  std::string log;
  std::string directory;
  identity as;
  bool changes_user = false;

  static std::vector<char*> pointers(std::vector<std::string>& from) {
    std::vector<char*> all;
    for (auto& one : from)
      all.push_back(one.data());
    all.push_back(nullptr);
    return all;
  }

  pid_t run() {
    auto arguments = pointers(words);
    auto environment = pointers(settings);
    auto parent = ::getpid();
    auto child = ::fork();
    if (child != 0)
      return child;
    become(parent);
    ::execve(arguments[0], arguments.data(), environment.data());
    ::_exit(127);
  }

  void become(pid_t parent) const {
    ::setsid();
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
    if (changes_user
        && (::setgroups(0, nullptr) != 0 || ::setgid(as.group) != 0
            || ::setuid(as.user) != 0))
      ::_exit(126);
    // After the change of user, which would undo it.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent || ::chdir(directory.c_str()) != 0)
      ::_exit(126);
    rlimit no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
    auto in = ::open("/dev/null", O_RDWR);
    auto out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(in, 0);
    ::dup2(out, 1);
    ::dup2(in, 2);
    ::close_range(3, ~0u, 0);
  }
};

expected<std::string> make_directory(const browser_programs& programs,
                                     const launch& how) {
  std::error_code ignored;
  auto parent = programs.scratch_dir.empty()
                    ? fs::temp_directory_path(ignored).string()
                    : programs.scratch_dir;
  auto name = parent + "/jobfarm-browser-XXXXXX";
  if (!::mkdtemp(name.data()))
    return fail(errc::provider_unavailable,
                "start a browser: cannot make a directory in " + parent);
  if (how.changes_user && ::chown(name.c_str(), how.as.user, how.as.group) != 0)
    return fail(errc::provider_unavailable,
                "start a browser: cannot give away " + name);
  return name;
}

/// "... started successfully on port N."; 0 if it is not there yet.
std::uint16_t port_in(const std::string& log) {
  std::ifstream file(log);
  std::stringstream text;
  text << file.rdbuf();
  auto words = text.str();
  constexpr std::string_view mark = "successfully on port ";
  auto at = words.find(mark);
  if (at == words.npos || words.find('.', at) == words.npos)
    return 0;
  return static_cast<std::uint16_t>(
      std::strtoul(words.c_str() + at + mark.size(), nullptr, 10));
}

/// Session of a process, from field 6 of /proc/PID/stat (proc(5)); its name,
/// field 2, may hold anything.
pid_t session_of(const fs::path& process) {
  std::ifstream file(process / "stat");
  std::string line;
  std::getline(file, line);
  auto end = line.rfind(')');
  if (end == line.npos)
    return 0;
  std::istringstream fields(line.substr(end + 1));
  std::string state;
  pid_t parent = 0;
  pid_t group = 0;
  pid_t session = 0;
  fields >> state >> parent >> group >> session;
  return state == "Z" ? 0 : session;
}

/// Processes of session `session`.
std::vector<pid_t> members_of(pid_t session) {
  std::vector<pid_t> all;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator("/proc", ignored)) {
    auto name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") == name.npos
        && session_of(entry.path()) == session)
      all.push_back(static_cast<pid_t>(std::strtol(name.c_str(), nullptr, 10)));
  }
  return all;
}

} // namespace

expected<void> check_programs(const browser_programs& programs) {
  for (const auto& program : {programs.driver, programs.browser})
    if (::access(program.c_str(), X_OK) != 0)
      return fail(errc::invalid_input,
                  "a source is to be loaded by a browser, but there is no "
                      + program
                      + "; install it (apt-get install chromium "
                        "chromium-driver) or set sources.NAME.browser = false");
  if (::geteuid() != 0)
    return {};
  auto known = look_up(programs.user);
  return known ? expected<void>{} : expected<void>{known.error()};
}

expected<std::unique_ptr<browser_process>>
browser_process::start(const browser_programs& programs,
                       const stop_sign& is_stopped) {
  launch how;
  how.changes_user = ::geteuid() == 0;
  if (how.changes_user) {
    auto as = look_up(programs.user);
    if (!as)
      return as.error();
    how.as = *as;
  }
  auto directory = make_directory(programs, how);
  if (!directory)
    return directory.error();
  auto made = std::unique_ptr<browser_process>(new browser_process);
  made->directory_ = *directory;
  how.directory = *directory;
  how.log = *directory + "/driver.log";
  how.words = {programs.driver, "--port=0"};
  // Nothing of our environment: it may hold secrets.
  how.settings = {"PATH=/usr/bin:/bin", "LANG=C.UTF-8", "HOME=" + *directory,
                  "TMPDIR=" + *directory};
  made->pid_ = how.run();
  auto until = std::chrono::steady_clock::now() + start_timeout;
  while (made->port_ == 0) {
    if (is_stopped())
      return fail(errc::cancelled, "start a browser: stopped");
    if (!made->is_alive() || std::chrono::steady_clock::now() > until)
      return fail(errc::provider_unavailable,
                  "start a browser: " + programs.driver + " does not run");
    std::this_thread::sleep_for(glance);
    made->port_ = port_in(how.log);
  }
  return made;
}

browser_process::~browser_process() {
  if (pid_ > 0) {
    // Until it is waited for, the driver's number, and so the session's, is
    // nobody else's.
    for (int i = 0; i < 100; ++i) {
      auto left = members_of(pid_);
      if (left.empty())
        break;
      for (auto one : left)
        ::kill(one, SIGKILL);
      std::this_thread::sleep_for(glance);
    }
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  std::error_code ignored;
  if (!directory_.empty())
    fs::remove_all(directory_, ignored);
}

bool browser_process::is_alive() const {
  siginfo_t state{};
  return pid_ > 0
         && ::waitid(P_PID, static_cast<id_t>(pid_), &state,
                     WEXITED | WNOHANG | WNOWAIT)
                == 0
         && state.si_pid == 0;
}

std::size_t browser_process::memory_bytes() const {
  // proc(5): /proc/PID/statm is size, resident, shared, ... in pages.
  static const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  std::size_t all = 0;
  for (auto one : members_of(pid_)) {
    std::ifstream file("/proc/" + std::to_string(one) + "/statm");
    std::size_t size = 0;
    std::size_t resident = 0;
    std::size_t shared = 0;
    if (file >> size >> resident >> shared && resident > shared)
      all += (resident - shared) * page;
  }
  return all;
}

} // namespace jobfarm::fetch
