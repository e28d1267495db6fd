# Not a test: run it by hand, `dedupe_bench build/release/cli/jobfarm 100000`.
add_executable(dedupe_bench EXCLUDE_FROM_ALL
  ${CMAKE_CURRENT_LIST_DIR}/dedupe_bench.cpp
  ${CMAKE_CURRENT_LIST_DIR}/made_postings.cpp)
target_link_libraries(dedupe_bench PRIVATE jobfarm_simulator jobfarm_normalize)
# By hand: `place_bench 100000 1000000`.
add_executable(place_bench EXCLUDE_FROM_ALL
  ${CMAKE_CURRENT_LIST_DIR}/place_bench.cpp
  ${CMAKE_CURRENT_LIST_DIR}/made_postings.cpp)
target_link_libraries(place_bench PRIVATE jobfarm_simulator jobfarm_collect
                                          jobfarm_store_io)
# By hand: `seed_bench build/release/cli/jobfarm tests/bench/peers/dedupe_by_company.py`.
add_executable(seed_bench EXCLUDE_FROM_ALL
  ${CMAKE_CURRENT_LIST_DIR}/seed_bench.cpp)
target_link_libraries(seed_bench PRIVATE jobfarm_dedupe)
