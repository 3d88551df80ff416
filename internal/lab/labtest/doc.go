// Package labtest gives tests the running lab that FEDSTONE_LAB names, and the
// quickstart deployment on it, brought about with the command line as a user
// would. Only tests import it.
package labtest
