target_sources(vectors PRIVATE recovery_suites.cpp supervise_suites.cpp)
target_link_libraries(vectors PRIVATE jobfarm_fetch jobfarm_plan
                                      jobfarm_supervise)
