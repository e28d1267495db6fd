# jobfarm_library(NAME [COLD|HOT] SOURCES a.cpp ... [LINKS target ...])
# A static library of ours. Core libraries link no CAF, curl, zmq, leveldb.
# With JOBFARM_UNITY the compiler takes several files at once, since most of its
# time goes into the headers that they share: what a file keeps to itself has a
# name that no other of the library uses. COLD ones wait for people, networks and
# mailboxes: their templates take long to optimise, for nothing. Every posting
# goes through HOT ones.
function(jobfarm_library name)
  cmake_parse_arguments(arg "COLD;HOT" "" "SOURCES;LINKS" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  target_link_libraries(${name} PUBLIC jobfarm_options ${arg_LINKS})
  if(arg_COLD)
    target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  endif()
  if(JOBFARM_UNITY)
    # As few units as may be, all of a size: no large one is left for the end.
    list(LENGTH arg_SOURCES files)
    math(EXPR units "(${files} + 47) / 48")
    math(EXPR batch "(${files} + ${units} - 1) / ${units}")
    set_target_properties(${name} PROPERTIES
      UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${batch})
    if(arg_HOT)
      # As much is inlined into the files of a unit as into each alone.
      target_compile_options(${name} PRIVATE
        $<$<CXX_COMPILER_ID:GNU>:--param=large-unit-insns=160000>)
    endif()
  endif()
endfunction()

# jobfarm_test(NAME SOURCES a_test.cpp ... [LINKS target ...] [LABELS l] [TSAN])
# One Catch2 program; each of its test cases becomes a CTest test. Those of label
# `timing` look at the clock: they run alone, and not under a sanitizer. What the
# others assert takes the compiler long to optimise, for nothing. TSAN ones are
# clean under ThreadSanitizer too; target `tsan_tests` is all of them.
add_custom_target(tsan_tests)
function(jobfarm_test name)
  cmake_parse_arguments(arg "TSAN" "" "SOURCES;LINKS;LABELS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE jobfarm_test_main ${arg_LINKS})
  if(NOT arg_LABELS)
    set(arg_LABELS unit)
  endif()
  if(arg_TSAN)
    add_dependencies(tsan_tests ${name})
  endif()
  set(alone OFF)
  if("timing" IN_LIST arg_LABELS)
    set(alone ON)
  else()
    target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  endif()
  catch_discover_tests(${name}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    PROPERTIES TIMEOUT 300 LABELS "${arg_LABELS}" RUN_SERIAL ${alone})
endfunction()
